#include "harness/report/formats/csv.h"

#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/attempts_report.h"
#include "harness/report/formats/csv_field.h"

namespace chatspec {
namespace {

struct CsvRow {
  const ResultSuite& suite;
  const Result& result;
  const CaseRecord& played;  // an empty one where it is no case
};

// Of a case, the id of the cause of its failure.
std::string cause_of(const CaseRecord& played) {
  return played.failure && played.failure->cause ? played.failure->cause->id : "";
}

// Of a case, how often it was played, or failed; "" of what is none.
std::string show_plays(const CsvRow& row, std::size_t PlayCounts::* count) {
  return row.result.played ? std::to_string(count_plays(row.played).*count) : "";
}

std::string join_words(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

struct CsvColumn {
  std::string_view name;
  std::string (*value)(const CsvRow&);
};
constexpr std::array kColumnsOfCsv{
    CsvColumn{"implementation", [](const CsvRow& row) { return row.suite.name; }},
    CsvColumn{"role",
              [](const CsvRow& row) { return std::string(chat::to_string(row.suite.run.role)); }},
    CsvColumn{"profile", [](const CsvRow& row) { return row.suite.run.profile.name; }},
    CsvColumn{"case", [](const CsvRow& row) { return row.result.name; }},
    CsvColumn{"chapter", [](const CsvRow& row) { return row.result.chapter; }},
    CsvColumn{"title", [](const CsvRow& row) { return row.played.title; }},
    CsvColumn{"level", [](const CsvRow& row) { return row.played.level; }},
    CsvColumn{"requirements",
              [](const CsvRow& row) { return join_words(row.played.requirements); }},
    CsvColumn{"tags", [](const CsvRow& row) { return join_words(row.played.tags); }},
    CsvColumn{"verdict", [](const CsvRow& row) { return row.result.verdict; }},
    CsvColumn{"code", [](const CsvRow& row) { return row.result.code; }},
    CsvColumn{"cause", [](const CsvRow& row) { return cause_of(row.played); }},
    CsvColumn{"message", [](const CsvRow& row) { return row.result.message; }},
    CsvColumn{"plays", [](const CsvRow& row) { return show_plays(row, &PlayCounts::plays); }},
    CsvColumn{"failed_plays",
              [](const CsvRow& row) { return show_plays(row, &PlayCounts::failed); }},
    CsvColumn{"duration_ms",
              [](const CsvRow& row) { return std::to_string(row.result.duration_us / 1000); }},
    CsvColumn{"file", [](const CsvRow& row) { return scenario_path_of(row.played); }},
    CsvColumn{"line",
              [](const CsvRow& row) {
                return row.played.line > 0 ? std::to_string(row.played.line) : "";
              }},
};

}  // namespace

void write_csv(std::span<const ResultSuite> suites, ReportText& out) {
  std::string line;
  for (const CsvColumn& column : kColumnsOfCsv) {
    if (!line.empty()) line += ',';
    line += column.name;
  }
  out.add(line + "\r\n");
  const CaseRecord none;
  for (const ResultSuite& suite : suites) {
    for (const Result& result : suite.results) {
      const CsvRow row{suite, result, result.played ? *result.played : none};
      line.clear();
      for (const CsvColumn& column : kColumnsOfCsv) {
        if (&column != &kColumnsOfCsv.front()) line += ',';
        line += write_csv_field(column.value(row));
      }
      out.add(line + "\r\n");
    }
  }
}

}  // namespace chatspec
