// The marks that a grading left in its folder.

#pragma once

#include <expected>
#include <optional>
#include <string>

#include "harness/grade/class_marks.h"
#include "harness/grade/workers/grading_folder.h"

namespace chatspec {

// Of a folder that `chatspec grade` made, or the file `marks.jsonl` of one. The error is a sentence
// that begins with the path.
std::expected<ClassMarks, std::string> read_marks(const std::string& folder_or_file);

// Nothing where none are there yet.
std::expected<std::optional<ClassMarks>, std::string> read_marks_left_in(
    const GradingFolder& folder);

}  // namespace chatspec
