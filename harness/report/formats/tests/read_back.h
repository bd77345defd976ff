// Reports, read as other programs read them.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chatspec {

struct ReadBack {
  std::vector<std::string> results{};  // "SUITE\tNAME\tSTATUS\tCODE", as read_back.py says
  std::string problems{};              // what an importer would refuse, drop or misread
};

// What a reader that is not ours makes of a report. The format is its option, "--junit".
ReadBack read_back(std::string_view option, std::string_view report);

}  // namespace chatspec
