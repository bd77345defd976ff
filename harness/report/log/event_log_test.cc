#include "harness/report/log/event_log.h"

#include <gtest/gtest.h>

#include "harness/report/tests/example_records.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

TEST(EventLog, RecordsComeBackAsTheyWent) {
  for (const Record& record :
       {Record(full_run()), Record(full_build()), Record(full_case()), Record(full_opening()),
        Record(full_end()), Record(CaseRecord{}), Record(RunRecord{})}) {
    const auto back = parse_json_line(to_json_line(record));
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(*back, record) << to_json_line(record);
  }
}

TEST(EventLog, ThatAnotherIsWritingIsNotBegunAnew) {
  const chat::TestFolder folder;
  const std::string path = folder.at("log");
  {
    auto first = EventLog::create(path);
    ASSERT_TRUE(first) << first.error();
    ASSERT_TRUE(first->append(CaseRecord{.id = "a/b"}));
    const auto second = EventLog::create(path);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error(), path +
                                  ": another chatspec is writing this log; wait until it ends, "
                                  "or name another file");
    ASSERT_TRUE(first->append(CaseRecord{.id = "a/c"}));
  }
  const auto kept = parse_log(folder.content("log"), "log");
  ASSERT_TRUE(kept) << kept.error();
  EXPECT_EQ(kept->records.size(), 2U);
  EXPECT_TRUE(EventLog::create(path));
  EXPECT_EQ(folder.content("log"), "");
}

TEST(EventLog, OnWhatCannotBeEmptiedIsNobodysAlone) {
  const auto first = EventLog::create("/dev/null");
  EXPECT_TRUE(first) << first.error();
  EXPECT_TRUE(EventLog::create("/dev/null"));
}

TEST(EventLog, LinesAreAsciiWhateverTheyHold) {
  CaseRecord record = full_case();
  record.errors.bytes = log_bytes("\xff\xfe \x1b[31m \xe2\x80\xa8 \n");
  record.title = "\xff\xfe \xe2\x80\xa8";
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

TEST(EventLog, IsTheSameInWhateverPiecesItComes) {
  const std::string text =
      to_json_line(RunRecord{}) + "\n" + to_json_line(full_case()) + "\n" + "{\"record\":";
  const auto whole = parse_log(text, "l");
  ASSERT_TRUE(whole) << whole.error();
  for (const std::size_t size : {1U, 2U, 7U, 1000U}) {
    LogReader reader("l");
    for (std::size_t at = 0; at < text.size(); at += size)
      ASSERT_TRUE(reader.add(std::string_view(text).substr(at, size)));
    const auto pieces = reader.finish();
    ASSERT_TRUE(pieces) << pieces.error();
    EXPECT_EQ(pieces->records, whole->records);
    EXPECT_TRUE(pieces->cut_off);
  }
}

TEST(EventLog, IsRefusedWhereALineDoesNotEnd) {
  LogReader reader("l");
  ASSERT_TRUE(reader.add(to_json_line(RunRecord{}) + "\n"));
  const std::string piece(std::size_t{1} << 20, '\0');
  std::expected<void, std::string> added;
  for (std::size_t size = 0; added && size <= kMaxLogLineBytes; size += piece.size())
    added = reader.add(piece);
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error(),
            "l:2: this is no record of a chatspec log: the line has more than 67108864 bytes");
}

TEST(EventLog, SaysWhereALogIsWrong) {
  const auto log = parse_log("{}\n", "run.log");
  ASSERT_FALSE(log);
  EXPECT_TRUE(log.error().starts_with("run.log:1: ")) << log.error();
  const auto other = parse_log("{\"record\":\"run\",\"format\":99}\n", "run.log");
  ASSERT_FALSE(other);
  EXPECT_NE(other.error().find("format 99"), std::string::npos);
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
       {altered(run, R"("format":2)", R"("format":4294967297)"),
        altered(run, R"("cases":7)", R"("cases":-1)"),
        altered(played, R"("start_us":1)", R"("start_us":1e300)"),
        altered(played, R"("requirements":["SIG-1"])", R"("requirements":"SIG-1")")}) {
    EXPECT_FALSE(parse_json_line(line)) << line;
  }
}

TEST(EventLog, ControlsInALogOfUnknownOriginSteerNoTerminal) {
  const auto log = parse_log(R"({"record":"run","format":2,"role":"server","seed":0,"cases":0,)"
                             R"("name":"a\u001b[31m\n\u007f\u009b1m\u00a0\u0000\u202e"})"
                             "\n",
                             "l");
  ASSERT_TRUE(log) << log.error();
  EXPECT_EQ(std::get<RunRecord>(log->records.front()).name, "a?[31m????1m\xc2\xa0????");
  const auto broken = parse_log("{\"\x7f\xc2\x9b\n", "l");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().find_first_of("\x7f\x9b"), std::string::npos) << broken.error();
}

TEST(EventLog, WhatALaterVersionAddsIsPassedOver) {
  const std::string text =
      R"({"record":"run","format":2,"role":"server","seed":1,"cases":1,"colour":{"a":[1]}})"
      "\n"
      R"({"record":"weather","rain":true})"
      "\n"
      R"({"record":"case","id":"a/b","verdict":"pass","mood":"good"})"
      "\n";
  const auto log = parse_log(text, "l");
  ASSERT_TRUE(log) << log.error();
  ASSERT_EQ(log->records.size(), 2U);
  EXPECT_EQ(std::get<CaseRecord>(log->records[1]), (CaseRecord{.id = "a/b"}));
}

TEST(EventLog, OfManyBytesBeginEndLengthAndHashAreKept) {
  const std::string bytes = std::string(20000, 'a') + "\xff" + std::string(20000, 'b');
  const LoggedBytes logged = log_bytes(bytes);
  EXPECT_EQ(logged.length(), bytes.size());
  EXPECT_LE(logged.begin.size() + logged.omitted->end.size(), kMaxLoggedBytes);
  EXPECT_TRUE(is_logged_as(logged, bytes));
  EXPECT_FALSE(is_logged_as(logged, std::string(20000, 'a') + "\xfe" + std::string(20000, 'b')));
  EXPECT_FALSE(is_logged_as(logged, bytes + "b"));
  EXPECT_TRUE(is_logged_as(log_bytes("short"), "short"));
}

}  // namespace
}  // namespace chatspec
