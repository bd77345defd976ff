#include "harness/report/formats/tap.h"

#include <iterator>

#include <fmt/format.h>

#include "harness/report/formats/plain_text.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

using TapOut = std::back_insert_iterator<std::string>;

// In one line, and without a `#`, which would begin a directive.
std::string escape_tap(std::string_view text) {
  std::string out;
  for (const char c : as_plain_line(text)) {
    if (c == '\\' || c == '#') out += '\\';
    out += c;
  }
  return out;
}

std::string as_yaml_string(std::string_view text) {
  std::string out;
  for (const char c : as_plain_line(text)) {
    if (c == '\\' || c == '"') out += '\\';
    out += c;
  }
  return fmt::format("\"{}\"", out);
}

// A text of several lines as YAML's literal block. Its first line decides how far it is indented,
// so that must not begin with blanks; an empty line keeps its indentation, since simple readers
// take it for the end otherwise.
void add_yaml_block(TapOut out, std::string_view key, std::string_view text) {
  const std::string plain = as_plain_text(text);
  std::string_view rest = plain;
  rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
  if (rest.empty()) return;
  fmt::format_to(out, "  {}: |\n", key);
  while (!rest.empty()) fmt::format_to(out, "    {}\n", chat::take_line(rest));
}

std::string_view severity_of(Status status) {
  switch (status) {
    case Status::kDeviates:
      return "warning";
    case Status::kError:
      return "error";
    default:
      return "fail";
  }
}

void add_diagnostics(TapOut out, const ResultSuite& suite, const Result& result) {
  fmt::format_to(out, "  ---\n");
  fmt::format_to(out, "  message: {}\n", as_yaml_string(result.message));
  fmt::format_to(out, "  severity: {}\n", severity_of(result.status));
  fmt::format_to(out, "  verdict: {}\n", as_yaml_string(result.verdict));
  if (!result.code.empty()) fmt::format_to(out, "  code: {}\n", as_yaml_string(result.code));
  if (result.played && !scenario_path_of(*result.played).empty()) {
    fmt::format_to(out, "  at:\n    file: {}\n    line: {}\n",
                   as_yaml_string(scenario_path_of(*result.played)), result.played->line);
  }
  add_yaml_block(out, "explanation", explain_result(suite, result));
  fmt::format_to(out, "  ...\n");
}

bool is_ok(Status status) {
  return status != Status::kFailed && status != Status::kError;
}

void add_test_point(TapOut out, std::size_t number, std::string_view description,
                    const ResultSuite& suite, const Result& result) {
  const bool is_known = result.played && result.played->is_known();
  fmt::format_to(out, "{} {} - {}", is_ok(result.status) && !is_known ? "ok" : "not ok", number,
                 escape_tap(description));
  if (is_known) {
    fmt::format_to(out, " # TODO {}", escape_tap(result.message));
  } else if (result.status == Status::kSkipped) {
    const std::string reason = escape_tap(result.message);
    fmt::format_to(out, " # SKIP{}{}", reason.empty() ? "" : " ", reason);
  }
  fmt::format_to(out, "\n");
  const bool has_more = result.status != Status::kPassed && result.status != Status::kSkipped;
  if (has_more) add_diagnostics(out, suite, result);
}

}  // namespace

void write_tap(std::span<const ResultSuite> suites, ReportText& out) {
  std::size_t count = 0;
  for (const ResultSuite& suite : suites) count += suite.results.size();
  out.add(fmt::format("TAP version 14\n1..{}\n", count));
  std::size_t number = 0;
  for (const ResultSuite& suite : suites) {
    for (const Result& result : suite.results) {
      const std::string description =
          suites.size() > 1 ? fmt::format("{}: {}", suite.name, result.name) : result.name;
      std::string point;
      add_test_point(std::back_inserter(point), ++number, description, suite, result);
      out.add(point);
    }
  }
}

}  // namespace chatspec
