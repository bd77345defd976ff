// What is graded, and what it earns: the text file that an instructor writes for `chatspec mark`.

#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/grade/points.h"
#include "harness/report/record.h"
#include "reference/file_error.h"
#include "reference/role.h"

namespace chatspec {

using chat::Role;

// Cases by words: of a chapter, a scenario or a case, with *, a tag, or a requirement.
struct CaseWords {
  std::vector<std::string> words{};

  // Whether one of the words means a case that was played.
  bool fits(const CaseRecord& played) const;
  // As they were written.
  std::string to_string() const;
};

// So many points for a part of the suite. A case belongs to the first part whose words fit it.
struct PointsPart {
  Points points{};
  std::optional<Points> each{};  // what one mistake costs; if not given, what its cases are worth
  std::optional<Role> role{};    // both if not given
  CaseWords cases{};
  std::size_t line = 0;
};

// What is counted.
enum class Reckoning {
  kMistakes,  // a mistake costs in one part, however many cases show it
  kCases,     // each case is worth the same share of its part
};

// What a case counts that failed at times, when it was played again alone.
enum class FlakyPolicy { kFail, kPass };

struct Assignment {
  std::string title{};
  std::vector<Role> roles{Role::kServer};  // that are graded, each once
  std::vector<PointsPart> parts{};
  Reckoning reckoning = Reckoning::kMistakes;
  int deviates_percent = 0;  // of a case's worth, which is lost where it deviates
  FlakyPolicy flaky = FlakyPolicy::kFail;

  bool has_role(Role role) const;
  Points total() const;
};

// All mistakes at once, each with its line.
std::expected<Assignment, std::vector<chat::FileError>> parse_assignment(std::string_view text,
                                                                         const std::string& file);

}  // namespace chatspec
