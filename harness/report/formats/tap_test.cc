#include "harness/report/formats/tap.h"

#include <gtest/gtest.h>

#include "harness/report/formats/tests/example_runs.h"
#include "harness/report/tests/example_records.h"

namespace chatspec {
namespace {

std::string tap_of(const std::vector<Record>& records) {
  const std::vector<RunOfLog> runs = group_runs(records);
  return collect_text([&](ReportText& out) { write_tap(make_results(runs), out); });
}

TEST(Tap, HasAPlanAndAPointForEachResult) {
  const std::string tap = tap_of(example_run("server.py"));
  EXPECT_TRUE(
      tap.starts_with("TAP version 14\n"
                      "1..8\n"
                      "ok 1 - build\n"
                      "ok 2 - data/pass\n"
                      "ok 3 - data/skipped # SKIP why\n"
                      "ok 4 - data/deviates\n"
                      "  ---\n"
                      "  message: \"its digits are upper-case\"\n"
                      "  severity: warning\n"
                      "  verdict: \"deviates\"\n"
                      "  code: \"upper-case\"\n"
                      "  at:\n"
                      "    file: \"tests/a/b.chat\"\n"
                      "    line: 4\n"
                      "  explanation: |\n"
                      "    deviates data/deviates  t\n"))
      << tap;
  EXPECT_TRUE(tap.contains("\nnot ok 5 - data/fail\n")) << tap;
  EXPECT_TRUE(
      tap.contains("\nnot ok 8 - data/error\n  ---\n  message: \"trouble\"\n"
                   "  severity: error\n"))
      << tap;
}

TEST(Tap, NamesTheSuitesWhereThereAreSeveralAndWhatIsMissing) {
  const std::string tap = tap_of(example_log());
  EXPECT_TRUE(tap.contains("\nok 2 - server.py: data/pass\n")) << tap;
  EXPECT_TRUE(tap.contains("\nnot ok 17 - other.py: run\n")) << tap;
}

TEST(Tap, HasNoDirectiveThatSomebodyElseWrote) {
  RunRecord run = full_run();
  run.cases = 1;
  const std::vector<Record> records{run, example_case("a/b # SKIP \\# it\n1..0", Verdict::kFail),
                                    EndRecord{}};
  const std::string tap = tap_of(records);
  EXPECT_TRUE(tap.contains("\nnot ok 1 - a/b \\# SKIP \\\\\\# it 1..0\n")) << tap;
}

}  // namespace
}  // namespace chatspec
