// What the log of a flawed server and a flawed client becomes in every format, kept in golden/.
// When it is to change: CHATSPEC_UPDATE_GOLDEN=1 and read the difference.

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "harness/report/event_log.h"
#include "harness/report/formats/formats.h"
#include "harness/report/run_of_log.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

const std::string kGolden = CHATSPEC_SOURCE_DIR "/harness/report/formats/golden/";

TEST(GoldenReports, AreWhatTheFlawedPairsLogBecomes) {
  const auto log = parse_log(chat::content_of(kGolden + "flawed.jsonl"), "flawed.jsonl");
  ASSERT_TRUE(log) << log.error();
  const std::vector<RunOfLog> runs = group_runs(log->records);
  const std::vector<ResultSuite> suites = make_results(runs);
  ASSERT_EQ(suites.size(), 2U);
  for (const ReportFormat& format : list_report_formats()) {
    const std::string path = kGolden + "flawed." + std::string(format.option.substr(2));
    const std::string report = format.write(suites);
    if (std::getenv("CHATSPEC_UPDATE_GOLDEN")) std::ofstream(path, std::ios::binary) << report;
    EXPECT_EQ(report, chat::content_of(path)) << path;
  }
}

}  // namespace
}  // namespace chatspec
