// One scenario file of a suite.

#pragma once

#include <filesystem>
#include <string>

#include "harness/scenario/scenario.h"

namespace chatspec {

// Its id is CHAPTER/NAME: the folder in which it lies and its name without extension.
struct ScenarioFile {
  std::string id;
  std::filesystem::path path;
  std::string source;
  Scenario scenario;
};

// The id of the scenario in this file, whether or not there is one.
std::string scenario_id(const std::filesystem::path& path);

// The comment at the head of a scenario, in one line; "" where there is none.
std::string description_of(const Scenario& scenario);

// The first 16 digits of the SHA-256 of its source, in hex: enough to see whether it was changed.
std::string hash_source(const ScenarioFile& file);

}  // namespace chatspec
