#include "harness/report/formats/markdown.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/report/formats/bounded_text.h"
#include "harness/report/formats/markdown_text.h"
#include "harness/report/formats/problems.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

struct SuiteProblems {
  const ResultSuite* suite;
  std::vector<Problem> problems;
};

std::size_t count_problems(const std::vector<SuiteProblems>& all, bool are_deviations) {
  std::size_t count = 0;
  for (const SuiteProblems& one : all) {
    count += static_cast<std::size_t>(std::ranges::count_if(one.problems, [&](const Problem& it) {
      return (it.status == Status::kDeviates) == are_deviations;
    }));
  }
  return count;
}

std::string headline(const std::vector<SuiteProblems>& all) {
  const std::size_t wrong = count_problems(all, false);
  const std::size_t deviations = count_problems(all, true);
  std::string text = wrong == 0   ? "all passed"
                     : wrong == 1 ? "one thing is wrong"
                                  : fmt::format("{} things are wrong", wrong);
  if (deviations > 0)
    text += fmt::format(", {} not met", chat::count_things(deviations, "recommendation"));
  return fmt::format("## chatspec: {}\n\n", text);
}

struct CountColumn {
  std::string_view name;
  Status status;
};
constexpr std::array kCountColumns{
    CountColumn{"passed", Status::kPassed},   CountColumn{"deviate", Status::kDeviates},
    CountColumn{"failed", Status::kFailed},   CountColumn{"errors", Status::kError},
    CountColumn{"skipped", Status::kSkipped},
};

std::string table_of_counts(const std::vector<SuiteProblems>& all) {
  std::string head = "| implementation | profile |";
  std::string rule = "|:--|:--|";
  for (const CountColumn& column : kCountColumns) {
    head += fmt::format(" {} |", column.name);
    rule += "--:|";
  }
  std::string rows;
  for (const SuiteProblems& one : all) {
    rows += fmt::format("| {} | {} |", markdown_line(one.suite->name),
                        markdown_line(one.suite->run.profile.name));
    for (const CountColumn& column : kCountColumns)
      rows += fmt::format(" {} |", count_results(*one.suite, column.status));
    rows += "\n";
  }
  return head + "\n" + rule + "\n" + rows + "\n";
}

std::string_view kind_of(Status status) {
  switch (status) {
    case Status::kDeviates:
      return "a recommendation only";
    case Status::kError:
      return "not the program's doing";
    default:
      return "";
  }
}

std::string item_of(std::size_t number, const Problem& problem) {
  std::string text = fmt::format("{}\\. **{}**", number, markdown_line(problem.sentence));
  std::string details;
  for (const std::string_view detail : {std::string_view(problem.requirement),
                                        std::string_view(problem.code), kind_of(problem.status)}) {
    if (!detail.empty()) details += fmt::format("{}{}", details.empty() ? "" : ", ", detail);
  }
  if (!details.empty()) text += fmt::format(" ({})", markdown_line(details));
  text += "\n\n";
  if (problem.explanation.empty() || problem.cases.empty()) return text;
  return text + fmt::format("<details><summary><code>{}</code>, {}</summary>\n\n{}\n</details>\n\n",
                            html_line(problem.cases.front()), html_line(describe_weight(problem)),
                            markdown_block(problem.explanation));
}

void add_problems(BoundedText& text, const std::vector<SuiteProblems>& all) {
  for (const SuiteProblems& one : all) {
    if (one.problems.empty()) continue;
    text.add(fmt::format("### {}\n\n", markdown_line(one.suite->name)));
    std::size_t number = 0;
    for (const Problem& problem : one.problems) text.add(item_of(++number, problem));
  }
}

// By a case's name, what each run made of it; "" where it does not have it.
using Verdicts = std::vector<std::string>;

// Only what is to be looked at: passed by all is what nobody asks about, and what only one has is
// compared with nothing.
void add_matrix(BoundedText& text, std::span<const ResultSuite> suites) {
  if (suites.size() < 2) return;
  std::map<std::string, Verdicts> rows;
  for (std::size_t i = 0; i < suites.size(); ++i) {
    for (const Result& result : suites[i].results) {
      Verdicts& row = rows.try_emplace(result.name, suites.size()).first->second;
      row[i] = result.verdict;
    }
  }
  std::erase_if(rows, [](const auto& row) {
    const Verdicts& verdicts = row.second;
    return std::ranges::count(verdicts, "") + 1 >= std::ssize(verdicts) ||
           std::ranges::count(verdicts, "pass") == std::ssize(verdicts);
  });
  if (rows.empty()) return;
  std::string head = "| case |";
  std::string rule = "|:--|";
  for (const ResultSuite& suite : suites) {
    head += fmt::format(" {} |", markdown_line(suite.name));
    rule += ":--|";
  }
  text.add(fmt::format("### Case by case\n\n{}\n{}\n", head, rule));
  for (const auto& [name, verdicts] : rows) {
    std::string line = fmt::format("| {} |", markdown_table_code(name));
    for (const std::string& verdict : verdicts)
      line += fmt::format(" {} |", verdict.empty() ? "–" : markdown_line(verdict));
    text.add(line + "\n");
  }
}

}  // namespace

void write_markdown(std::span<const ResultSuite> suites, ReportText& out) {
  std::vector<SuiteProblems> all;
  for (const ResultSuite& suite : suites) all.push_back({&suite, list_problems(suite)});
  BoundedText text;
  text.add(headline(all) + table_of_counts(all));
  add_problems(text, all);
  add_matrix(text, suites);
  out.add(text.finish());
}

}  // namespace chatspec
