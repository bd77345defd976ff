// What scenarios need of each other.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/suite/scenario_file.h"

namespace chatspec {

// The file of a scenario that another one needs: beside the chapter of that one, else in `library`;
// nothing where it is in neither.
std::optional<std::filesystem::path> find_need(const ScenarioFile& file, const std::string& id,
                                               const std::filesystem::path& library);

// What is wrong with the needs of `file`, rendered: each must be among `files`, or to be found.
std::string check_needs(const ScenarioFile& file, const std::vector<ScenarioFile>& files,
                        const std::filesystem::path& library);

// Each circle of scenarios that need one another, rendered at the need that closes it.
std::string find_circles(const std::vector<ScenarioFile>& files);

}  // namespace chatspec
