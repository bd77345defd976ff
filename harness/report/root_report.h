// What is wrong with a program, for people at a terminal: each root once, and a list at the end.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/report/log/record.h"
#include "harness/report/reproduction/reproduction.h"
#include "harness/report/roots.h"
#include "harness/report/text/style.h"

namespace chatspec {

// A block for each root, with the case in which it is seen best and the names of the others, and
// the list after them. `log` is the log's path as make_reproduction() takes it. "" where nothing
// is wrong.
std::string render_roots(const RunRecord& run, std::span<const CaseRecord* const> cases,
                         const Style& style, std::string_view log = kSomeLog);
// What to do about it: with which to begin, and where all of it is shown; where no log is written,
// what one is good for. "" where nothing is wrong.
std::string render_advice(std::span<const CaseRecord* const> cases, const Style& style,
                          std::string_view log = kSomeLog);
// The list alone: what is wrong, and how many cases hang on it. "" where there are fewer than two.
std::string render_list_of_roots(std::span<const CaseRecord* const> cases, const Style& style);

}  // namespace chatspec
