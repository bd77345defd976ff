#include "harness/report/formats/sarif.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/judge/findings/verdict.h"
#include "harness/report/formats/plain_text.h"
#include "harness/report/formats/sarif_log.h"

namespace chatspec {
namespace {

// What a code means; the code itself where a newer chatspec wrote it.
std::string meaning_of_code(std::string_view code) {
  const auto known = std::ranges::find(kFailures, code, &FailureWord::word);
  return std::string(known == kFailures.end() ? code : known->meaning);
}

std::string message_of(const ResultSuite& suite, const Result& result,
                       const FindingRecord& finding) {
  std::string text = fmt::format("{} in {}: {}", suite.name, result.name, finding.message);
  if (!finding.expected.empty()) text += fmt::format("\nexpected: {}", finding.expected);
  if (finding.cause) text += fmt::format("\nbecause: {}", finding.cause->sentence);
  return text;
}

void add_finding(SarifLog& log, const ResultSuite& suite, const Result& result,
                 const FindingRecord& finding, bool is_warning) {
  const CaseRecord& played = *result.played;
  if (played.is_known()) return;
  const std::string rule = finding.code.empty() ? "unknown" : as_plain_name(finding.code);
  log.rules.emplace(rule, SarifRule{meaning_of_code(rule),
                                    fmt::format("`chatspec explain {}` says more of it.", rule)});
  const std::vector<std::string> broken =
      finding.requirement.empty() ? played.requirements : std::vector{finding.requirement};
  log.results.push_back(
      {.rule = rule,
       .is_warning = is_warning,
       .message = message_of(suite, result, finding),
       .file = scenario_path_of(played),
       .line = finding.line > 0 ? finding.line : played.line,
       .identity = fmt::format("{}\n{}\n{}\n{}", suite.name, result.name, rule, finding.step),
       .properties = {{"case", result.name},
                      {"implementation", suite.name},
                      {"verdict", result.verdict},
                      {"requirements", fmt::format("{}", fmt::join(broken, " "))},
                      {"cause", finding.cause ? finding.cause->id : ""}}});
}

void add_result(SarifLog& log, const ResultSuite& suite, const Result& result) {
  const bool is_trouble = result.status == Status::kError || !result.played;
  if (is_trouble && result.status != Status::kPassed)
    log.troubles.push_back(fmt::format("{}, {}: {}", suite.name, result.name, result.message));
  if (is_trouble || !result.played) return;
  const CaseRecord& played = *result.played;
  const bool only_deviates = result.status == Status::kDeviates;
  const bool is_wrong = only_deviates || result.status == Status::kFailed;
  const bool has_none = !played.failure && (!only_deviates || played.deviations.empty());
  if (is_wrong && has_none)
    add_finding(log, suite, result, {.code = result.code, .message = result.message},
                only_deviates);
  if (is_wrong && played.failure) add_finding(log, suite, result, *played.failure, only_deviates);
  for (const FindingRecord& finding : played.deviations)
    add_finding(log, suite, result, finding, true);
}

}  // namespace

void write_sarif(std::span<const ResultSuite> suites, ReportText& out) {
  SarifLog log;
  for (const ResultSuite& suite : suites) {
    for (const Result& result : suite.results) add_result(log, suite, result);
  }
  std::ranges::stable_sort(log.results, {}, &SarifResult::is_warning);
  write_sarif_json(log, out);
}

}  // namespace chatspec
