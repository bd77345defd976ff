#include "harness/report/formats/junit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/attempts_report.h"
#include "harness/report/formats/xml_writer.h"

namespace chatspec {
namespace {

enum class JunitDialect { kRich, kStrict };

// Behind so many bytes, explanations give way to messages.
constexpr std::size_t kMostExplained = std::size_t{12} << 20;

std::string as_seconds(std::uint64_t microseconds) {
  return fmt::format("{:.3f}", static_cast<double>(microseconds) / 1e6);
}

std::size_t count_of_all(std::span<const ResultSuite> suites, Status status) {
  std::size_t count = 0;
  for (const ResultSuite& suite : suites) count += count_results(suite, status);
  return count;
}

void add_property(XmlWriter& xml, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  xml.open("property");
  xml.attribute("name", name);
  xml.attribute("value", value);
  xml.close();
}

void add_run_properties(XmlWriter& xml, const RunRecord& run) {
  xml.open("properties");
  add_property(xml, "chatspec", run.tool.version);
  add_property(xml, "role", chat::to_string(run.role));
  add_property(xml, "profile", run.profile.name);
  add_property(xml, "delivery", run.delivery);
  add_property(xml, "isolation", run.isolation);
  add_property(xml, "seed", std::to_string(run.seed));
  xml.close();
}

void add_result_properties(XmlWriter& xml, const Result& result) {
  const CaseRecord& played = *result.played;
  const bool is_caused = played.failure && played.failure->cause;
  xml.open("properties");
  add_property(xml, "verdict", result.verdict);
  add_property(xml, "code", result.code);
  add_property(xml, "cause", is_caused ? played.failure->cause->id : "");
  add_property(xml, "plays", describe_attempts(played));
  add_property(xml, "level", played.level);
  add_property(xml, "requirements", fmt::format("{}", fmt::join(played.requirements, " ")));
  xml.close();
}

// Why it did not pass: an element with the code as its type.
void add_reason(XmlWriter& xml, std::string_view element, const Result& result,
                std::string_view explanation) {
  xml.open(element);
  if (!result.code.empty()) xml.attribute("type", result.code);
  xml.attribute("message", result.message);
  if (!explanation.empty()) xml.text(explanation);
  xml.close();
}

void add_outcome(XmlWriter& xml, const Result& result, const std::string& explanation) {
  switch (result.status) {
    case Status::kPassed:
      return;
    case Status::kDeviates:
      return xml.element("system-out", explanation);
    case Status::kFailed:
      return add_reason(xml, "failure", result, explanation);
    case Status::kError:
      return add_reason(xml, "error", result, explanation);
    case Status::kSkipped:
      return add_reason(xml, "skipped", result, "");
  }
}

void add_testcase(XmlWriter& xml, JunitDialect dialect, const ResultSuite& suite,
                  const Result& result) {
  const bool is_rich = dialect == JunitDialect::kRich;
  xml.open("testcase");
  xml.attribute("name", result.name);
  xml.attribute("classname", result.chapter.empty()
                                 ? suite.name
                                 : fmt::format("{}.{}", suite.name, result.chapter));
  xml.attribute("time", as_seconds(result.duration_us));
  if (is_rich && result.played && !scenario_path_of(*result.played).empty()) {
    xml.attribute("file", scenario_path_of(*result.played));
    xml.attribute("line", std::to_string(result.played->line));
  }
  if (is_rich && result.played && result.status != Status::kPassed)
    add_result_properties(xml, result);
  std::string explanation = xml.size() < kMostExplained ? explain_result(suite, result) : "";
  if (explanation.empty()) explanation = result.message;
  add_outcome(xml, result, explanation);
  xml.close();
}

void add_testsuite(XmlWriter& xml, JunitDialect dialect, const ResultSuite& suite) {
  xml.open("testsuite");
  xml.attribute("name", suite.name);
  xml.attribute("tests", std::to_string(suite.results.size()));
  xml.attribute("failures", std::to_string(count_results(suite, Status::kFailed)));
  xml.attribute("errors", std::to_string(count_results(suite, Status::kError)));
  xml.attribute("skipped", std::to_string(count_results(suite, Status::kSkipped)));
  xml.attribute("time", as_seconds(suite.duration_us));
  if (!suite.run.start.empty()) xml.attribute("timestamp", suite.run.start);
  add_run_properties(xml, suite.run);
  for (const Result& result : suite.results) add_testcase(xml, dialect, suite, result);
  xml.close();
}

void write_dialect(std::span<const ResultSuite> suites, JunitDialect dialect, ReportText& out) {
  std::size_t tests = 0;
  std::uint64_t duration_us = 0;
  for (const ResultSuite& suite : suites) {
    tests += suite.results.size();
    duration_us += suite.duration_us;
  }
  XmlWriter xml(out);
  xml.open("testsuites");
  xml.attribute("name", "chatspec");
  xml.attribute("tests", std::to_string(tests));
  xml.attribute("failures", std::to_string(count_of_all(suites, Status::kFailed)));
  xml.attribute("errors", std::to_string(count_of_all(suites, Status::kError)));
  xml.attribute("time", as_seconds(duration_us));
  for (const ResultSuite& suite : suites) add_testsuite(xml, dialect, suite);
  xml.finish();
}

}  // namespace

void write_junit(std::span<const ResultSuite> suites, ReportText& out) {
  write_dialect(suites, JunitDialect::kRich, out);
}

void write_strict_junit(std::span<const ResultSuite> suites, ReportText& out) {
  write_dialect(suites, JunitDialect::kStrict, out);
}

}  // namespace chatspec
