#include "harness/report/terminal_report.h"

#include <gtest/gtest.h>

#include "harness/report/case_report.h"
#include "harness/report/tests/example_records.h"

namespace chatspec {
namespace {

TEST(TerminalReport, ShowsWhatAStrangerNeeds) {
  const std::string shown = render_case(RunRecord{}, full_case(), Style(false));
  for (const char* part :
       {"fail a/b[c]", "SIG-2 (must): \"The ", "\"HELLO\\n\"", "(closes the connection)",
        "[wrong-reply]", "expected   \"260 OK\\n\"", "received   \"500\\n\"", "because    a cause",
        "evidence (proven)", "Traceback",
        "    try it     printf 'k' >keys.txt\n               printf 'm' >messages.txt\n            "
        "   printf 'HELLO"}) {
    EXPECT_NE(shown.find(part), std::string::npos) << part << " is missing in\n" << shown;
  }
}

TEST(TerminalReport, NamesEachRunThatDidNotEnd) {
  const std::vector<Record> killed{RunRecord{}, full_case()};
  std::vector<Record> records = killed;
  records.insert(records.end(), {RunRecord{}, full_case(), EndRecord{}});
  const auto count = [](const std::string& text) {
    std::size_t found = 0;
    for (std::size_t at = text.find("did not end"); at != text.npos;
         at = text.find("did not end", at + 1)) {
      ++found;
    }
    return found;
  };
  EXPECT_EQ(count(render_log(killed, Style(false), false)), 1U);
  EXPECT_EQ(count(render_log(records, Style(false), false)), 1U);
  records.pop_back();
  EXPECT_EQ(count(render_log(records, Style(false), false)), 2U);
}

TEST(TerminalReport, IsQuietAboutWhatPasses) {
  CaseRecord record = full_case();
  record.verdict = Verdict::kPass;
  record.known.reset();
  const std::vector<Record> records{RunRecord{}, record, EndRecord{}};
  EXPECT_FALSE(render_log(records, Style(false), false).contains(record.id));
  EXPECT_TRUE(render_log(records, Style(false), true).contains("pass " + record.id));
}

TEST(Style, FollowsNoColorAndCliColorForce) {
  EXPECT_TRUE(wants_colour(nullptr, nullptr, true));
  EXPECT_FALSE(wants_colour(nullptr, nullptr, false));
  EXPECT_FALSE(wants_colour("1", "1", true));
  EXPECT_TRUE(wants_colour("", "1", false));
  EXPECT_FALSE(wants_colour(nullptr, "0", false));
  for (const char* able : {"xterm-256color", "linux", "screen"}) EXPECT_TRUE(obeys_controls(able));
  for (const char* unable : {static_cast<const char*>(nullptr), "", "dumb"})
    EXPECT_FALSE(obeys_controls(unable));
  EXPECT_EQ(Style(false).paint(Verdict::kFail), "fail");
  EXPECT_NE(Style(true).paint(Verdict::kFail), "fail");
}

}  // namespace
}  // namespace chatspec
