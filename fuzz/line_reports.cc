// TAP, CSV and GitHub's workflow commands: whoever reads them line by line and cell by cell finds
// what was meant, and no line of anybody else.

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "fuzz/support/report_cases.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "harness/report/formats/csv.h"
#include "harness/report/formats/difference_report.h"
#include "harness/report/formats/github.h"
#include "harness/report/formats/plain_text.h"
#include "harness/report/formats/tap.h"
#include "reference/text/lines.h"

namespace chatspec::fuzz {
namespace {

std::string escaped_for_tap(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '#' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// The line of its test point, and its YAML behind it, indented.
void require_tap(const std::vector<ResultSuite>& suites) {
  const std::string tap = report_of(write_tap, suites);
  const auto& results = suites.front().results;
  std::string_view rest = tap;
  require_same(chat::take_line(rest), "TAP version 14", "TAP has its version");
  require_same(chat::take_line(rest), fmt::format("1..{}", results.size()), "TAP has its plan");
  for (std::size_t i = 0; i < results.size(); ++i) {
    const bool is_known = results[i].played && results[i].played->is_known();
    const bool is_ok =
        results[i].status != Status::kFailed && results[i].status != Status::kError && !is_known;
    const std::string_view line = chat::take_line(rest);
    const std::string point =
        fmt::format("{} {} - {}", is_ok ? "ok" : "not ok", i + 1, escaped_for_tap(results[i].name));
    require(line.starts_with(point), "a test point is as it was meant", line);
    const std::string_view behind = line.substr(point.size());
    const bool is_skipped = results[i].status == Status::kSkipped;
    const std::string_view directive = is_known ? " # TODO" : is_skipped ? " # SKIP" : "";
    require(directive.empty() ? behind.empty() : behind.starts_with(directive),
            "no other directive", line);
    if (!rest.starts_with("  ---\n")) continue;
    while (true) {
      const std::string_view diagnostic = chat::take_line(rest);
      require(diagnostic.starts_with("  "), "diagnostics are indented", diagnostic);
      if (diagnostic == "  ...") break;
    }
  }
  require(rest.empty(), "nothing stands after the last point", rest);
}

// RFC 4180, without mercy.
std::vector<std::vector<std::string>> read_csv(std::string_view csv) {
  std::vector<std::vector<std::string>> rows;
  while (!csv.empty()) {
    rows.emplace_back();
    bool is_last = false;
    while (!is_last) {
      std::string cell;
      if (csv.starts_with('"')) {
        csv.remove_prefix(1);
        for (; !csv.starts_with('"') || csv.starts_with("\"\""); csv.remove_prefix(1)) {
          require(!csv.empty(), "a quoted cell ends");
          cell += csv.front();
          if (csv.starts_with('"')) csv.remove_prefix(1);
        }
        csv.remove_prefix(1);
      } else {
        const std::size_t size = std::min(csv.find_first_of(",\r\n\""), csv.size());
        cell = csv.substr(0, size);
        csv.remove_prefix(size);
      }
      rows.back().push_back(cell);
      is_last = csv.starts_with("\r\n");
      require(is_last || csv.starts_with(','), "a comma or a line end follows", csv);
      csv.remove_prefix(is_last ? 2 : 1);
    }
  }
  return rows;
}

void require_csv(const std::vector<ResultSuite>& suites) {
  const auto rows = read_csv(report_of(write_csv, suites));
  const auto& results = suites.front().results;
  require(rows.size() == results.size() + 1, "CSV has a row for each result");
  const auto column = std::ranges::find(rows.front(), "case") - rows.front().begin();
  for (std::size_t i = 0; i < results.size(); ++i) {
    const auto& row = rows[i + 1];
    require(row.size() == rows.front().size(), "each row has as many cells");
    for (const std::string& cell : row) {
      const std::size_t first = std::min(cell.find_first_not_of(' '), cell.size());
      require(!std::string_view("=+-@\t\r").contains(cell.substr(first, 1).c_str()[0]) ||
                  first == cell.size(),
              "no cell is a formula", cell);
    }
    const std::string& name = row[static_cast<std::size_t>(column)];
    require(name == results[i].name || name == "'" + results[i].name, "a name is as it was meant",
            name);
  }
}

void require_github(const std::vector<ResultSuite>& suites) {
  const std::string commands = report_of(write_github, suites);
  require(as_plain_text(commands) == commands, "commands are plain", commands);
  std::size_t count = 0;
  for (std::string_view rest = commands; !rest.empty(); ++count) {
    const std::string_view line = chat::take_line(rest);
    require(line.starts_with("::error ") || line.starts_with("::warning "), "a command of ours",
            line);
    const std::string_view properties = line.substr(2, line.find("::", 2) - 2);
    require(std::ranges::count(properties, ',') <= 2, "no property of others", line);
    for (std::size_t at = line.find('%'); at != line.npos; at = line.find('%', at + 1)) {
      const std::string_view code = line.substr(at + 1, 2);
      require(code == "25" || code == "0A" || code == "3A" || code == "2C", "% is escaped", line);
    }
  }
  require(count <= 20, "no more than GitHub shows");
}

}  // namespace

void test_one(std::string_view input) {
  const ReportCases cases(input);
  require_tap(cases.suites());
  require_csv(cases.suites());
  require_github(cases.suites());
  const ReportCases others("");
  const std::string text = difference_as_text(compare_results(others.suites(), cases.suites()));
  require(as_plain_text(text) == text, "a difference steers no terminal", text);
}

}  // namespace chatspec::fuzz
