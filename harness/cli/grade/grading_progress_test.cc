#include "harness/cli/grade/grading_progress.h"

#include <gtest/gtest.h>

#include "harness/cli/console/captured_console.h"
#include "harness/report/log/record_json.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

// The log of a run in which something failed by this code.
std::string log_with(const std::string& code) {
  CaseRecord failed{.id = "a/b", .verdict = Verdict::kFail};
  failed.failure = FindingRecord{.code = code};
  return to_json_line(RunRecord{}) + "\n" + to_json_line(failed) + "\n" +
         to_json_line(EndRecord{}) + "\n";
}

TEST(GradingProgress, TellsHowFarItIsHowFastAndWhatFails) {
  const chat::TestFolder folder;
  folder.write("ann", log_with("wrong-signature"));
  folder.write("bob", log_with("no-answer"));
  folder.write("cid", log_with("wrong-signature"));
  FakeClock clock;
  CapturedConsole console;
  GradingProgress progress({.submissions = 4, .refused = 1}, folder.at("status"), clock, console);
  ASSERT_TRUE(progress.begin(4));
  for (const char* name : {"ann", "bob", "cid"}) {
    clock.advance(std::chrono::seconds(20));
    ASSERT_TRUE(progress.note_end(name, folder.at(name)));
  }
  clock.advance(std::chrono::seconds(60));
  ASSERT_TRUE(progress.note_end("dan", folder.at("nothing")));
  EXPECT_EQ(console.warned,
            "1/4  3 a minute, 60 s left  ann  failing: wrong-signature 1\n"
            "2/4  3 a minute, 40 s left  bob  failing: no-answer 1, wrong-signature 1\n"
            "3/4  3 a minute, 20 s left  cid  failing: wrong-signature 2, no-answer 1\n"
            "4/4  2 a minute, 0 s left  dan  failing: wrong-signature 2, no-answer 1\n");
  ASSERT_TRUE(progress.finish(true));
  EXPECT_EQ(folder.content("status"),
            R"({"failing":{"no-answer":1,"wrong-signature":2},"finished":true,"refused":1,)"
            R"("runs":{"done":4,"of":4},"submissions":4})"
            "\n");
  ASSERT_TRUE(progress.finish(false));
  EXPECT_TRUE(folder.content("status").contains(R"("finished":false)"));
}

TEST(GradingProgress, SaysWhereItCannotBeWritten) {
  const FakeClock clock;
  CapturedConsole console;
  GradingProgress progress({}, "/no/such/folder/status.json", clock, console);
  const auto begun = progress.begin(1);
  ASSERT_FALSE(begun);
  EXPECT_TRUE(begun.error().starts_with("/no/such/folder/status.json")) << begun.error();
}

}  // namespace
}  // namespace chatspec
