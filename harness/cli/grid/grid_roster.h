// Who is played against whom, from the file and the submissions that a command line names.

#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/grid/grid.h"
#include "reference/profile.h"

namespace chatspec {

struct GridRoster {
  Grid grid{};  // command lines without a folder have absolute paths
  chat::Profile profile{};
  // Of what was handed in and cannot be played: "ID: why", sentences without a full stop.
  std::vector<std::string> left_out{};
};

// Reads the file, and has the submissions join, as the assignment that it names says they are built
// and started. They are unpacked into a folder, which must exist and is ours. The error names the
// file and its lines, and may have several lines.
std::expected<GridRoster, std::string> call_roster(const std::string& file,
                                                   const std::vector<std::string>& submissions,
                                                   const std::filesystem::path& unpacked);

}  // namespace chatspec
