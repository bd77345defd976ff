#include "harness/report/formats/html/page_problems.h"

#include <ranges>

#include <fmt/format.h>

#include "harness/report/formats/html/html_case.h"

namespace chatspec {
namespace {

void write_others(HtmlWriter& html, const PagePart& part, const Problem& problem) {
  if (problem.cases.size() < 2) return;
  html.element("h3", "Also in");
  html.open("ul", {{"class", "others"}});
  for (const std::string& name : problem.cases | std::views::drop(1)) {
    html.open("li");
    html.element("a", name, {{"href", "#" + part.case_anchor(name)}});
    html.close();
  }
  html.close();
}

void write_clearest(HtmlWriter& html, const PagePart& part, const Problem& problem) {
  const std::string& name = problem.cases.front();
  html.open("p");
  html.text("Clearest in ");
  html.element("a", name, {{"href", "#" + part.case_anchor(name)}});
  html.text(": " + problem.played->title);
  html.close();
  write_case(html, part.suite->run, *problem.played, problem.finding);
}

void write_problem(HtmlWriter& html, const PagePart& part, std::size_t index) {
  constexpr std::size_t kOpened = 3;  // so that a page of many can be overlooked
  const Problem& problem = part.problems[index];
  html.open("details", {{"class", "problem"},
                        {"id", part.problem_anchor(index)},
                        {index < kOpened ? "open" : "data-closed", ""}});
  html.open("summary");
  html.text(fmt::format("{}. {}", index + 1, problem.sentence));
  write_badge(html, problem.status,
              problem.code.empty() ? look_of(problem.status).word : problem.code);
  html.element("span", describe_weight(problem), {{"class", "weight"}});
  html.close();
  html.open("div", {{"class", "inside"}});
  if (problem.played && html.size() < kMostBytesOfCases) {
    write_clearest(html, part, problem);
  } else if (!problem.explanation.empty()) {
    html.element("pre", problem.explanation);
  }
  write_others(html, part, problem);
  html.close();
  html.close();
}

}  // namespace

void write_problems(HtmlWriter& html, std::span<const PagePart> parts) {
  html.open("section", {{"id", "problems"}, {"aria-labelledby", "problems-title"}});
  html.element("h2", "What is wrong", {{"id", "problems-title"}});
  bool is_any = false;
  for (const PagePart& part : parts) {
    if (part.problems.empty()) continue;
    is_any = true;
    if (parts.size() > 1) html.element("h3", part.suite->name);
    for (std::size_t i = 0; i < part.problems.size(); ++i) write_problem(html, part, i);
  }
  if (!is_any) html.element("p", "Nothing: every case that was played has passed.");
  html.close();
}

}  // namespace chatspec
