// What scenarios need of each other.

#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/scenario/diagnostic.h"
#include "harness/suite/scenario_file.h"

namespace chatspec {

// Whether there is such a file.
using FileExists = std::function<bool(const std::filesystem::path&)>;
bool exists_on_disk(const std::filesystem::path& path);

// The file of a scenario that the one at `needing` needs: beside the chapter of that one, else in
// `library`; nothing where it is in neither.
std::optional<std::filesystem::path> find_need(const std::filesystem::path& needing,
                                               const std::string& id,
                                               const std::filesystem::path& library,
                                               const FileExists& exists = exists_on_disk);

// What is wrong with the needs of a scenario: each must be another one that is known by its id.
// `list_known` has ids that a mistyped one may have meant.
Diagnostics check_needs(const std::string& id, const Scenario& scenario,
                        const std::function<bool(const std::string& id)>& is_known,
                        const std::function<std::set<std::string>()>& list_known);

// The same of a file, each of whose needs must be among `files`, or to be found.
Diagnostics check_needs(const ScenarioFile& file, const std::vector<ScenarioFile>& files,
                        const std::filesystem::path& library);

struct FileDiagnostics {
  const ScenarioFile* file = nullptr;
  Diagnostics diagnostics{};
};

// Each circle of scenarios that need one another, at the need that closes it.
std::vector<FileDiagnostics> find_circles(const std::vector<ScenarioFile>& files);

}  // namespace chatspec
