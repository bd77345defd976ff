// What the log of a flawed server and a flawed client becomes in every format, kept in golden/.
// When it is to change: CHATSPEC_UPDATE_GOLDEN=1 and read the difference.

#include <cstdlib>
#include <fstream>
#include <string_view>

#include <gtest/gtest.h>

#include "harness/report/formats/formats.h"
#include "harness/report/log/event_log.h"
#include "harness/report/log/run_of_log.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

const std::string kGolden = CHATSPEC_SOURCE_DIR "/harness/report/formats/golden/";

// With "…" for whatever stands between the two, wherever they do.
void shorten_between(std::string& text, std::string_view begin, std::string_view end) {
  for (std::size_t at = text.find(begin); at != text.npos; at = text.find(begin, at)) {
    at += begin.size();
    text.replace(at, text.find(end, at) - at, "…");
  }
}

// Of a page without its style and script, which stand in files of their own.
std::string without_assets(std::string report) {
  shorten_between(report, "<style>", "</style>");
  shorten_between(report, "<script>", "</script>");
  shorten_between(report, "'sha256-", "'");
  return report;
}

TEST(GoldenReports, AreWhatTheFlawedPairsLogBecomes) {
  const auto log = parse_log(chat::content_of(kGolden + "flawed.jsonl"), "flawed.jsonl");
  ASSERT_TRUE(log) << log.error();
  const std::vector<RunOfLog> runs = group_runs(log->records);
  const std::vector<ResultSuite> suites = make_results(runs);
  ASSERT_EQ(suites.size(), 2U);
  for (const ReportFormat& format : list_report_formats()) {
    const std::string path = kGolden + "flawed." + std::string(format.option.substr(2));
    const std::string report = without_assets(report_as_text(format, suites));
    if (std::getenv("CHATSPEC_UPDATE_GOLDEN")) std::ofstream(path, std::ios::binary) << report;
    EXPECT_EQ(report, chat::content_of(path)) << path;
  }
}

}  // namespace
}  // namespace chatspec
