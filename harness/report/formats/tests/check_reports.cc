#include "harness/report/formats/tests/check_reports.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/report/attempts_report.h"
#include "harness/report/formats/formats.h"
#include "harness/report/formats/plain_text.h"
#include "harness/report/formats/problems.h"
#include "harness/report/formats/tests/read_back.h"
#include "harness/report/log/run_of_log.h"
#include "harness/report/tests/json_schema.h"

namespace chatspec {
namespace {

using Lines = std::vector<std::string>;
using Suites = std::vector<ResultSuite>;

std::string line_of(const std::string& suite, const std::string& name, std::string_view status,
                    const std::string& code) {
  return suite + "\t" + name + "\t" + std::string(status) + "\t" + code;
}

// A line for each result, as `make` has it.
template <typename Make>
Lines lines_of(const Suites& suites, Make make) {
  Lines lines;
  for (const ResultSuite& suite : suites) {
    for (const Result& result : suite.results) lines.push_back(make(suite, result));
  }
  return lines;
}

// Words by status, in the order of the enumeration.
using Words = std::array<std::string_view, 5>;
std::string_view word_of(const Words& words, Status status) {
  return words.at(static_cast<std::size_t>(status));
}

Lines expect_of_junit(const Suites& suites) {
  constexpr Words kWords{"passed", "deviates", "failure", "error", "skipped"};
  return lines_of(suites, [&](const ResultSuite& suite, const Result& result) {
    const bool has_code = result.status != Status::kDeviates;
    return line_of(suite.name, result.name, word_of(kWords, result.status),
                   has_code ? result.code : "");
  });
}

Lines expect_of_tap(const Suites& suites) {
  constexpr Words kWords{"passed", "deviates", "failed", "error", "skipped"};
  return lines_of(suites, [&](const ResultSuite& suite, const Result& result) {
    const std::string name = suites.size() > 1 ? suite.name + ": " + result.name : result.name;
    const bool is_known = result.played && result.played->is_known();
    const bool has_code = result.status != Status::kSkipped;
    return line_of("", name, is_known ? "known" : word_of(kWords, result.status),
                   has_code ? result.code : "");
  });
}

// As a cell that is no formula.
std::string as_cell(const std::string& text) {
  const bool is_formula = !text.empty() && std::string_view("=+-@").contains(text.front());
  return is_formula ? "'" + text : text;
}

Lines expect_of_csv(const Suites& suites) {
  return lines_of(suites, [](const ResultSuite& suite, const Result& result) {
    return line_of(as_cell(suite.name), as_cell(result.name), result.verdict, as_cell(result.code));
  });
}

Lines expect_of_ctrf(const Suites& suites) {
  constexpr Words kWords{"passed", "passed", "failed", "other", "skipped"};
  return lines_of(suites, [&](const ResultSuite& suite, const Result& result) {
    return line_of(suite.name, result.name, word_of(kWords, result.status), result.code);
  });
}

Lines expect_of_sarif(const Suites& suites) {
  Lines errors;
  Lines warnings;
  Lines troubles;
  for (const ResultSuite& suite : suites) {
    for (const Result& result : suite.results) {
      if (result.status == Status::kFailed)
        errors.push_back(line_of(suite.name, result.name, "error", result.code));
      if (result.status == Status::kDeviates)
        warnings.push_back(line_of(suite.name, result.name, "warning", result.code));
      if (result.status == Status::kError)
        troubles.push_back(
            line_of("", suite.name + ", " + result.name + ": " + result.message, "trouble", ""));
    }
  }
  errors.insert(errors.end(), warnings.begin(), warnings.end());
  errors.insert(errors.end(), troubles.begin(), troubles.end());
  return errors;
}

Lines expect_of_github(const Suites& suites) {
  Lines errors;
  Lines warnings;
  for (const ResultSuite& suite : suites) {
    for (const Problem& problem : list_problems(suite)) {
      const bool deviates = problem.status == Status::kDeviates;
      const std::string broken =
          problem.requirement.empty() ? "" : " breaks " + problem.requirement;
      (deviates ? warnings : errors)
          .push_back(
              line_of(suite.name + broken, problem.sentence, deviates ? "warning" : "error", ""));
    }
  }
  errors.insert(errors.end(), warnings.begin(), warnings.end());
  return errors;
}

// Whether several runs have the same case, and it did not pass in all of them.
bool is_anything_to_compare(const Suites& suites) {
  std::map<std::string, std::vector<std::string>> verdicts;
  for (const ResultSuite& suite : suites) {
    for (const Result& result : suite.results) verdicts[result.name].push_back(result.verdict);
  }
  return std::ranges::any_of(verdicts, [&](const auto& one) {
    const bool all_pass = std::ranges::count(one.second, "pass") == std::ssize(suites);
    return one.second.size() > 1 && !all_pass;
  });
}

Lines expect_of_markdown(const Suites& suites) {
  Lines lines;
  for (const ResultSuite& suite : suites) {
    lines.push_back(line_of("", suite.name, "heading", ""));
    for (const Problem& problem : list_problems(suite))
      lines.push_back(line_of("", problem.sentence, "problem", ""));
  }
  if (is_anything_to_compare(suites)) lines.push_back(line_of("", "Case by case", "heading", ""));
  return lines;
}

// With one blank for each run of them, as a browser shows it.
std::string with_single_blanks(const std::string& text) {
  std::istringstream words(text);
  std::string out;
  for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

Lines expect_of_html(const Suites& suites) {
  constexpr Words kWords{"pass", "deviates", "fail", "error", "skipped"};
  return lines_of(suites, [&](const ResultSuite& suite, const Result& result) {
    const std::string name = suites.size() > 1 ? result.name + " " + suite.name : result.name;
    return line_of("", with_single_blanks(name), word_of(kWords, result.status), "");
  });
}

std::string as_one_word(std::string text) {
  std::ranges::replace(text, ' ', '*');
  if (text.starts_with('#')) text.front() = '*';
  return text;
}

Lines expect_of_list(const Suites& suites, bool of_flaky_ones) {
  Lines lines;
  for (const ResultSuite& suite : suites) {
    for (const Result& result : suite.results) {
      if (!result.played || !is_failure(result.played->verdict) || !result.played->failure)
        continue;
      const bool is_known_so = result.played->is_known() && result.played->known->is_flaky;
      if ((is_known_so || count_plays(*result.played).is_flaky()) != of_flaky_ones) continue;
      const std::string code = as_one_word(as_plain_name(result.played->failure->code));
      const std::string line = line_of("", as_one_word(result.name), "known", code);
      if (!code.empty() && std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
    }
  }
  return lines;
}

Lines expect_of_known_list(const Suites& suites) {
  return expect_of_list(suites, false);
}

Lines expect_of_known_flaky_list(const Suites& suites) {
  return expect_of_list(suites, true);
}

// What a reader of a format is to see.
struct Reading {
  std::string_view option;
  Lines (*expect)(const Suites&);
  std::string_view schema = "";  // of a format that is JSON
};
constexpr std::array kReadings{
    Reading{"--html", expect_of_html},
    Reading{"--junit", expect_of_junit},
    Reading{"--junit-strict", expect_of_junit},
    Reading{"--tap", expect_of_tap},
    Reading{"--csv", expect_of_csv},
    Reading{"--ctrf", expect_of_ctrf, "ctrf.schema.json"},
    Reading{"--sarif", expect_of_sarif, "sarif.schema.json"},
    Reading{"--github", expect_of_github},
    Reading{"--write-known", expect_of_known_list},
    Reading{"--write-known-flaky", expect_of_known_flaky_list},
    Reading{"--markdown", expect_of_markdown},
};

// As many annotations as GitHub shows, of those that there are, in an order of their own.
void expect_some_of(const Lines& shown, const Lines& expected) {
  const auto count = [](const Lines& lines, std::string_view kind) {
    return std::ranges::count_if(lines,
                                 [&](const std::string& line) { return line.ends_with(kind); });
  };
  for (const std::string_view kind : {"\terror\t", "\twarning\t"})
    EXPECT_EQ(count(shown, kind), std::min<std::ptrdiff_t>(count(expected, kind), 10)) << kind;
  const std::set<std::string> all(expected.begin(), expected.end());
  for (const std::string& line : shown) EXPECT_TRUE(all.contains(line)) << line;
}

void expect_read_back(const ReportFormat& format, const Suites& suites) {
  const auto reading = std::ranges::find(kReadings, format.option, &Reading::option);
  ASSERT_NE(reading, kReadings.end()) << format.option << " has no reader";
  const std::string report = report_as_text(format, suites);
  ReadBack read = read_back(format.option, report);
  EXPECT_EQ(read.problems, "") << format.option;
  // The headline is told in words, for people.
  if (format.option == "--markdown" && !read.results.empty())
    read.results.erase(read.results.begin());
  const Lines expected = reading->expect(suites);
  if (format.option == "--github") {
    expect_some_of(read.results, expected);
  } else {
    EXPECT_EQ(read.results, expected) << format.option;
  }
  if (reading->schema.empty()) return;
  const JsonSchema schema(
      load_schema_file("harness/report/formats/tests/" + std::string(reading->schema)));
  EXPECT_EQ(schema.find_violation(nlohmann::json::parse(report)), "") << format.option;
}

}  // namespace

void check_reports(const std::vector<Record>& records) {
  const std::vector<RunOfLog> runs = group_runs(records);
  const Suites suites = make_results(runs);
  for (const ReportFormat& format : list_report_formats()) expect_read_back(format, suites);
}

}  // namespace chatspec
