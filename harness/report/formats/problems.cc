#include "harness/report/formats/problems.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "harness/report/case_report.h"
#include "harness/report/formats/plain_text.h"
#include "harness/report/roots.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

constexpr Status status_of(Root::Kind kind) {
  switch (kind) {
    case Root::Kind::kFailure:
      return Status::kFailed;
    case Root::Kind::kDeviation:
      return Status::kDeviates;
    case Root::Kind::kTrouble:
      break;
  }
  return Status::kError;
}

// By the case of which a result was made, its name, which is unique where the log's ids are not.
using NamesByCase = std::map<const CaseRecord*, std::string_view>;

Problem make_problem(const RunRecord& run, const Root& root, const NamesByCase& names) {
  const auto& [played, finding] = root.showings.front();
  const bool has_line = finding && finding->line > 0;
  const std::string explanation = render_finding(run, *played, told_of(root), Style(false));
  Problem problem{.status = status_of(root.kind),
                  .sentence = as_plain_name(sentence_of(root)),
                  .requirement = as_plain_name(requirement_of(root)),
                  .code = finding ? as_plain_name(finding->code) : "",
                  .file = as_plain_name(scenario_path_of(*played)),
                  .line = has_line ? finding->line : played->line,
                  .kept_back = root.kept_back,
                  .explanation = as_plain_text(explanation),
                  .played = played,
                  .finding = finding};
  for (const Showing& showing : root.showings) problem.cases.emplace_back(names.at(showing.played));
  return problem;
}

// Of a build or a run.
Problem make_problem(const ResultSuite& suite, const Result& result) {
  return {.status = result.status,
          .sentence = result.message,
          .code = result.code,
          .explanation = explain_result(suite, result)};
}

// Of a case of which a list of known failures says that it fails, and that does not.
Problem make_problem_of_list(const Result& result) {
  return {.status = result.status,
          .sentence = result.message,
          .code = result.code,
          .file = as_plain_name(result.played->file),
          .line = result.played->line,
          .cases = {result.name}};
}

}  // namespace

std::vector<Problem> list_problems(const ResultSuite& suite) {
  std::vector<Problem> problems;
  NamesByCase names;
  for (const Result& result : suite.results) {
    if (result.played) names.emplace(result.played, result.name);
    const bool is_good = result.status == Status::kPassed;
    if (!result.played && !is_good) problems.push_back(make_problem(suite, result));
    const bool is_of_list =
        result.played && result.status == Status::kFailed && !is_failure(result.played->verdict);
    if (is_of_list) problems.push_back(make_problem_of_list(result));
  }
  for (const Root& root : find_roots(suite.cases))
    problems.push_back(make_problem(suite.run, root, names));
  constexpr std::array kOrder{Status::kFailed, Status::kError, Status::kDeviates};
  for (Problem& problem : problems) {
    if (problem.sentence.empty()) problem.sentence = "the log does not say why";
  }
  std::ranges::stable_sort(problems, {}, [&](const Problem& problem) {
    return std::ranges::find(kOrder, problem.status) - kOrder.begin();
  });
  return problems;
}

std::string describe_weight(const Problem& problem) {
  if (problem.cases.empty()) return {};
  std::string text = chat::count_things(problem.cases.size(), "case");
  if (problem.kept_back > 0)
    text += fmt::format("; {} more not played because of it", problem.kept_back);
  return text;
}

}  // namespace chatspec
