// CTRF, SARIF and the JSON of differences: a reader of JSON that is not lenient finds in them the
// names that were meant.

#include <nlohmann/json.hpp>

#include "fuzz/support/report_cases.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "harness/report/formats/ctrf.h"
#include "harness/report/formats/difference_report.h"
#include "harness/report/formats/plain_text.h"
#include "harness/report/formats/sarif.h"

namespace chatspec::fuzz {
namespace {

using Json = nlohmann::json;

// Every text in it is one that can be shown.
void require_plain(const Json& json) {
  if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    require(as_plain_text(text) == text, "texts are plain", text);
  }
  for (const auto& item : json) {
    if (json.is_structured()) require_plain(item);
  }
}

Json read_json(const std::string& report) {
  Json json = Json::parse(report, nullptr, false);
  require(!json.is_discarded(), "it is JSON", report);
  require_plain(json);
  return json;
}

}  // namespace

void test_one(std::string_view input) {
  const ReportCases cases(input);
  const auto& results = cases.suites().front().results;

  const Json tests = read_json(report_of(write_ctrf, cases.suites()))["results"]["tests"];
  require(tests.size() == results.size(), "CTRF has a test for each result");
  for (std::size_t i = 0; i < results.size(); ++i)
    require_same(tests[i]["name"].get<std::string>(), results[i].name, "CTRF has its name");

  const Json run = read_json(report_of(write_sarif, cases.suites()))["runs"][0];
  for (const Json& result : run["results"]) {
    const Json& place = result["locations"][0]["physicalLocation"];
    require(place["region"]["startLine"] >= 1, "SARIF counts lines from 1");
    require(!place["artifactLocation"]["uri"].get<std::string>().empty(), "SARIF names the file");
    const Json& rule = run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()];
    require(rule["id"] == result["ruleId"], "SARIF's result has its rule");
  }

  const ReportCases others("");
  read_json(difference_as_json(compare_results(cases.suites(), others.suites())));
}

}  // namespace chatspec::fuzz
