#include "harness/report/event_log.h"

#include <gtest/gtest.h>

#include "harness/report/terminal_report.h"

namespace chatspec {
namespace {

CaseRecord full_case() {
  CaseRecord record{
      .id = "a/b[c]", .title = "t", .description = "d", .level = "must", .requirements = {"SIG-1"}};
  record.verdict = Verdict::kFail;
  record.failure = {{"wrong-reply", "", "\"260 OK\\n\"", "500\\n", "it sent another reply",
                     "a cause", "evidence", "proven"}};
  record.deviations = {{"upper-case", "SIG-3", "e", "r", "m", "", "", ""}};
  record.exchange = {{"C", "\"HELLO\\n\"", false}, {"S", "closes the connection", true}};
  record.reason = "why";
  record.left_over = "a daemon";
  record.errors = "Traceback";
  record.reproduction = "printf 'k' >keys.txt\nprintf 'x' | nc 127.0.0.1 PORT";
  record.duration_us = 1234;
  return record;
}

TEST(EventLog, RecordsComeBackAsTheyWent) {
  for (const Record& record :
       {Record(RunRecord{"0.1", "server", "cmd", "line", "units", "plain", "a note",
                         18446744073709551615U, 3, "folder", "fifo (a FIFO)"}),
        Record(BuildRecord{.command = "make",
                           .verdict = Verdict::kFail,
                           .message = "it ended with exit status 2",
                           .output = "one\ntwo",
                           .left_over = "a daemon",
                           .duration_us = 9}),
        Record(full_case()), Record(EndRecord{true, "quit/at-once", "connected", 7})}) {
    const auto back = parse_json_line(to_json_line(record));
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(*back, record);
  }
}

TEST(EventLog, LinesAreAsciiWhateverTheyHold) {
  CaseRecord record = full_case();
  record.errors = "\xff\xfe \x1b[31m \xe2\x80\xa8 \n";
  for (const char c : to_json_line(record))
    EXPECT_TRUE(c >= 0x20 && c < 0x7f) << static_cast<int>(c);
}

TEST(EventLog, AKilledRunLosesOnlyWhatItWasWriting) {
  const std::string text = to_json_line(RunRecord{}) + "\n" + to_json_line(full_case()) + "\n" +
                           to_json_line(full_case());
  for (std::size_t cut = text.rfind('\n') + 2; cut < text.size(); ++cut) {
    const auto log = parse_log(std::string_view(text).substr(0, cut), "l");
    ASSERT_TRUE(log) << log.error();
    EXPECT_EQ(log->records.size(), 2U);
    EXPECT_TRUE(log->cut_off);
  }
}

TEST(EventLog, OneThatWasCutOffStandsBeforeAnotherOne) {
  const std::string run = to_json_line(RunRecord{}) + "\n";
  const std::string played = to_json_line(full_case()) + "\n";
  const std::string end = to_json_line(EndRecord{}) + "\n";
  for (std::size_t cut = 1; cut < played.size(); ++cut) {
    const auto log = parse_log(run + played.substr(0, cut) + run + played + end, "l");
    ASSERT_TRUE(log) << log.error();
    const bool lacks_line_end = cut == played.size() - 1;
    EXPECT_EQ(log->cut_off, cut < played.size() - 1);
    EXPECT_EQ(log->records.size(), lacks_line_end ? 5U : 4U) << cut;
    EXPECT_TRUE(std::holds_alternative<RunRecord>(log->records[lacks_line_end ? 2 : 1]));
  }
}

TEST(EventLog, SaysWhereALogIsWrong) {
  const auto log = parse_log("{}\n", "run.log");
  ASSERT_FALSE(log);
  EXPECT_TRUE(log.error().starts_with("run.log:1: ")) << log.error();
  const auto other = parse_log("{\"record\":\"run\",\"version\":99}\n", "run.log");
  ASSERT_FALSE(other);
  EXPECT_NE(other.error().find("version 99"), std::string::npos);
}

TEST(EventLog, RefusesNumbersAndListsOfAnotherKind) {
  RunRecord seven;
  seven.cases = 7;
  const std::string run = to_json_line(seven);
  const std::string played = to_json_line(full_case());
  const auto altered = [](std::string line, const std::string& from, const std::string& to) {
    EXPECT_TRUE(line.contains(from)) << line;
    return line.replace(line.find(from), from.size(), to);
  };
  for (const std::string& line :
       {altered(run, R"("version":2)", R"("version":4294967297)"),
        altered(run, R"("cases":7)", R"("cases":-1)"),
        altered(played, R"("duration_us":1234)", R"("duration_us":1e300)"),
        altered(played, R"("requirements":["SIG-1"])", R"("requirements":"SIG-1")")}) {
    EXPECT_FALSE(parse_json_line(line)) << line;
  }
}

TEST(EventLog, ControlsInALogOfUnknownOriginSteerNoTerminal) {
  const auto log = parse_log(
      R"({"record":"run","version":2,"tool_version":"a\u001b[31m\n\u007f\u009b1m\u00a0\u0000",)"
      R"("role":"","implementation":"","profile":"","delivery":"","isolation":"","isolation_note":"","seed":0,"cases":0})"
      "\n",
      "l");
  ASSERT_TRUE(log) << log.error();
  EXPECT_EQ(std::get<RunRecord>(log->records.front()).tool_version, "a?[31m\n??1m\xc2\xa0?");
  const auto broken = parse_log("{\"\x7f\xc2\x9b\n", "l");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().find_first_of("\x7f\x9b"), std::string::npos) << broken.error();
}

TEST(TerminalReport, ShowsWhatAStrangerNeeds) {
  const std::string shown = render_case(full_case(), Style(false), false);
  for (const char* part :
       {"fail a/b[c]", "SIG-1 (must): d", "\"HELLO\\n\"", "(closes the connection)",
        "[wrong-reply]", "expected   \"260 OK\\n\"", "received   \"500\\n\"", "because    a cause",
        "evidence (proven)", "Traceback",
        "    try it     printf 'k' >keys.txt\n               printf 'x'"}) {
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
  EXPECT_EQ(render_case(record, Style(false), false), "");
  EXPECT_NE(render_case(record, Style(false), true), "");
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
