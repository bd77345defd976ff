// What the sections of the page share: the runs with their problems, where each thing stands, and
// how a status looks.

#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/formats/html/html_writer.h"
#include "harness/report/formats/problems.h"
#include "harness/report/formats/results.h"

namespace chatspec {

// How a status looks, and its word.
struct Look {
  Status status;
  std::string_view kind;  // of the style
  std::string_view word;
};
inline constexpr std::array kLooks{
    Look{Status::kFailed, "fail", "failed"},        Look{Status::kError, "error", "error"},
    Look{Status::kDeviates, "deviates", "deviate"}, Look{Status::kPassed, "pass", "passed"},
    Look{Status::kSkipped, "skipped", "skipped"},
};

const Look& look_of(Status status);

// A suite with what is wrong in it, and where its cases and problems stand in the page.
struct PagePart {
  const ResultSuite* suite;
  std::vector<Problem> problems;
  std::map<std::string, std::vector<std::size_t>, std::less<>> problems_of{};  // by case, from 0
  std::map<std::string_view, std::size_t> index_of{};  // of each result, by its name
  std::size_t first_case = 0;                          // the number of its first case in the page
  std::size_t first_problem = 0;                       // likewise

  // Where a case is told, and a problem, as the end of an address.
  std::string case_anchor(std::size_t index) const;
  std::string case_anchor(std::string_view name) const;
  std::string problem_anchor(std::size_t index) const;
};

std::vector<PagePart> make_page_parts(std::span<const ResultSuite> suites);

// The end of an address that filters the table of cases.
std::string filter_address(std::string_view name, std::string_view value);

void write_badge(HtmlWriter& html, Status status, std::string_view text);

// Of so much of a page, cases are told in full; then only why they did not pass.
inline constexpr std::size_t kMostBytesOfCases = std::size_t{600} << 10;

}  // namespace chatspec
