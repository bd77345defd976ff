#include "harness/report/formats/html/html.h"

#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include "harness/report/formats/tests/example_runs.h"
#include "harness/report/log/event_log.h"
#include "harness/report/log/run_of_log.h"
#include "reference/tests/run_command.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

std::string page_of(const std::vector<Record>& records) {
  const std::vector<RunOfLog> runs = group_runs(records);
  return collect_text([&](ReportText& out) { write_html(make_results(runs), out); });
}

TEST(HtmlPage, OfTheWholeSuiteIsSmallWhateverFails) {
  std::vector<Record> records = example_run("server.py");
  records.pop_back();
  for (int i = 0; i < 511; ++i) {
    CaseRecord record = example_case(fmt::format("data/case-{}", i), Verdict::kFail);
    record.failure->code = fmt::format("code-{}", i);  // each a mistake of its own
    for (int event = 0; event < 100; ++event) {
      record.events.push_back({.kind = EventKind::kReceived,
                               .connection = 1,
                               .bytes = log_bytes(std::string(300, '\xff'))});
    }
    records.push_back(record);
  }
  records.push_back(EndRecord{});
  const std::string page = page_of(records);
  EXPECT_LT(page.size(), 1000000U);
  EXPECT_TRUE(page.contains("data/case-510")) << "each is named, where there is no room for more";
  EXPECT_TRUE(page.contains("so that the page stays small"));
}

TEST(HtmlPage, SaysSoWhereNothingIsWrong) {
  std::vector<Record> records = example_run("server.py");
  std::erase_if(records, [](const Record& record) {
    const auto* played = std::get_if<CaseRecord>(&record);
    return played && played->verdict != Verdict::kPass;
  });
  std::get<RunRecord>(records.front()).cases = 1;
  const std::string page = page_of(records);
  EXPECT_TRUE(page.contains("<h1>Nothing fails</h1>")) << page.substr(0, 2000);
  EXPECT_TRUE(page.contains("every case that was played has passed"));
}

// Filters, addresses, copying, the keyboard, three widths in light and dark: see browser.py.
TEST(HtmlPage, WorksInABrowser) {
  const auto log = parse_log(
      chat::content_of(CHATSPEC_SOURCE_DIR "/harness/report/formats/golden/flawed.jsonl"), "log");
  ASSERT_TRUE(log) << log.error();
  const chat::TestFolder folder;
  const std::string page = folder.write("report.html", page_of(log->records));
  const auto outcome = chat::run_command_line(fmt::format(
      "python3 -B " CHATSPEC_SOURCE_DIR "/harness/report/formats/html/tests/browser.py '{}' 2>&1",
      page));
  if (outcome.status == 77) GTEST_SKIP() << "there is no Chromium";
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

}  // namespace
}  // namespace chatspec
