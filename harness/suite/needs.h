// What scenarios need of each other.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/diagnostic.h"
#include "harness/suite/scenario_file.h"

namespace chatspec {

// The file of a scenario that another one needs: beside the chapter of that one, else in `library`;
// nothing where it is in neither.
std::optional<std::filesystem::path> find_need(const ScenarioFile& file, const std::string& id,
                                               const std::filesystem::path& library);

// What is wrong with the needs of `file`: each must be among `files`, or to be found.
Diagnostics check_needs(const ScenarioFile& file, const std::vector<ScenarioFile>& files,
                        const std::filesystem::path& library);

struct FileDiagnostics {
  const ScenarioFile* file = nullptr;
  Diagnostics diagnostics{};
};

// Each circle of scenarios that need one another, at the need that closes it.
std::vector<FileDiagnostics> find_circles(const std::vector<ScenarioFile>& files);

}  // namespace chatspec
