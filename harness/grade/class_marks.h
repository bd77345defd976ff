// What a grading came to, as it is kept in `marks.jsonl` of its folder, so that a later one can be
// compared with it whatever has become of the logs, the assignment and chatspec.

#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/grade/score.h"

namespace chatspec {

struct PlayedCase {
  Role role = Role::kServer;
  std::string id{};

  auto operator<=>(const PlayedCase&) const = default;
};

struct ClassMarks {
  std::string chatspec{};               // the version, and the commit where that is known
  std::string suite{};                  // the hash of the scenarios and of the profile
  std::uint64_t seed = 0;               // of all keys, messages and ports
  std::vector<std::string> settings{};  // of the assignment, as they were written
  std::vector<PartOfRole> parts{};      // to which those of scores belong
  std::set<PlayedCase> played{};        // by anybody
  std::vector<Score> scores{};          // sorted by id

  bool operator==(const ClassMarks&) const = default;
};

// A line of JSON for what belongs to all, and one for each submission.
std::string write_class_marks(const ClassMarks& marks);

// The error is a sentence without a full stop that names the line.
std::expected<ClassMarks, std::string> read_class_marks(std::string_view text);

}  // namespace chatspec
