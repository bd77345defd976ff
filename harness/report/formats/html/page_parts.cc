#include "harness/report/formats/html/page_parts.h"

#include <algorithm>

#include <fmt/format.h>

namespace chatspec {

const Look& look_of(Status status) {
  return *std::ranges::find(kLooks, status, &Look::status);
}

std::vector<PagePart> make_page_parts(std::span<const ResultSuite> suites) {
  std::vector<PagePart> parts;
  std::size_t cases = 0;
  std::size_t problems = 0;
  for (const ResultSuite& suite : suites) {
    PagePart part{.suite = &suite,
                  .problems = list_problems(suite),
                  .first_case = cases,
                  .first_problem = problems};
    for (std::size_t i = 0; i < part.problems.size(); ++i) {
      for (const std::string& name : part.problems[i].cases) part.problems_of[name].push_back(i);
    }
    for (std::size_t i = 0; i < suite.results.size(); ++i)
      part.index_of.emplace(suite.results[i].name, i);
    cases += suite.results.size();
    problems += part.problems.size();
    parts.push_back(std::move(part));
  }
  return parts;
}

std::string PagePart::case_anchor(std::size_t index) const {
  return fmt::format("case-{}", first_case + index + 1);
}

std::string PagePart::case_anchor(std::string_view name) const {
  return case_anchor(index_of.find(name)->second);
}

std::string PagePart::problem_anchor(std::size_t index) const {
  return fmt::format("problem-{}", first_problem + index + 1);
}

std::string filter_address(std::string_view name, std::string_view value) {
  return fmt::format("#?{}={}", name, value);
}

void write_badge(HtmlWriter& html, Status status, std::string_view text) {
  html.element("span", text, {{"class", fmt::format("badge {}", look_of(status).kind)}});
}

}  // namespace chatspec
