// The table of scores (score.h), read again: as it was written, or as a teacher changed it.

#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "harness/grade/points.h"

namespace chatspec {

struct GradedStudent {
  std::string id{};  // of the submission
  std::string student{};
  std::string platform{};  // that knows the student by the key; may be empty
  std::string key{};
  std::optional<Points> points{};  // nothing where it is not graded
  Points of{};
  // What the student is told, where that is to go into a gradebook, too; a text of lines.
  std::optional<std::string> feedback{};
};

// The table needs the columns `id`, `student`, `platform`, `key`, `points` and `of`, wherever they
// stand. A line is graded if it has points. The error is a sentence without a full stop that begins
// with the line.
std::expected<std::vector<GradedStudent>, std::string> parse_scores(std::string text);

}  // namespace chatspec
