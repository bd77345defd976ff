#include "harness/report/reproduction/reproduction_files.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "harness/report/text/paragraph.h"
#include "reference/profile.h"
#include "reference/profile_settings.h"

namespace chatspec {
namespace {

EventRecord case_event(EventKind kind, std::string_view bytes = "") {
  return {.kind = kind, .connection = 1, .bytes = log_bytes(bytes)};
}

CaseRecord failed_case() {
  CaseRecord record{.id = "verdict/fail", .title = "a title", .verdict = Verdict::kFail};
  record.failure = FindingRecord{.code = "no-answer"};
  record.failure->due = log_bytes("260 OK\n");
  record.files.keys = log_bytes("k\n");
  record.events = {case_event(EventKind::kConnected), case_event(EventKind::kSent, "HELLO\n")};
  return record;
}

std::vector<std::string> names(const std::vector<ReproductionFile>& files) {
  std::vector<std::string> all;
  for (const ReproductionFile& file : files) all.push_back(file.name);
  return all;
}

std::string content(const std::vector<ReproductionFile>& files, std::string_view name) {
  const auto found = std::ranges::find(files, name, &ReproductionFile::name);
  return found == files.end() ? "(no such file)" : found->content;
}

std::vector<ReproductionFile> files_of(const CaseRecord& record, const RunRecord& run) {
  const auto files = make_reproduction_files(run, record, nullptr);
  EXPECT_TRUE(files) << files.error();
  return files ? *files : std::vector<ReproductionFile>();
}

const RunRecord kRun{.argv = {{"./server"}}, .profile = {.name = "line"}};

TEST(ReproductionFiles, AreWhatTheProgramWasGivenAScriptPacketsAndWhatToDo) {
  const auto files = files_of(failed_case(), kRun);
  EXPECT_EQ(names(files), (std::vector<std::string>{"keys.txt", "reproduce.py", "conversation.pcap",
                                                    "README.txt"}));
  EXPECT_EQ(content(files, "keys.txt"), "k\n");
  EXPECT_TRUE(content(files, "README.txt").contains("chatspec run verdict/fail --seed 0"));
}

TEST(ReproductionFiles, SayWhereTheLogDoesNotHoldAFileWhole) {
  CaseRecord record = failed_case();
  record.files.keys = log_bytes(std::string(100'000, 'k'));
  const auto files = files_of(record, kRun);
  EXPECT_EQ(content(files, "keys.txt"), "(no such file)");
  EXPECT_TRUE(
      content(files, "README.txt").contains("keys.txt is not here, since the log has only"));
}

TEST(ReproductionFiles, SayThatKeysAreMadeUpWhereNoneMatter) {
  CaseRecord record = failed_case();
  record.files = {};
  EXPECT_TRUE(content(files_of(record, kRun), "README.txt").contains("that is made up"));
  record.events.erase(record.events.begin());
  EXPECT_EQ(content(files_of(record, kRun), "keys.txt"), "(no such file)") << "it may be absent";
}

TEST(ReproductionFiles, HaveNoScriptWhereTheLogLacksWhatWasSent) {
  CaseRecord record = failed_case();
  record.events.push_back(case_event(EventKind::kSent, std::string(100'000, 'x')));
  const auto files = files_of(record, kRun);
  EXPECT_EQ(content(files, "reproduce.py"), "(no such file)");
  EXPECT_TRUE(content(files, "README.txt").contains("reproduce.py is not here"));
}

TEST(ReproductionFiles, HaveTheProfileOfACourseAsAFileThatChatspecReads) {
  const std::string text =
      "name spring\nbase line\nline-end crlf\nescaped \".\\\"#\"\nok \"250 \\\"OK\\\"\"\n"
      "key-position hmac\nhash sha-1\npass-reply \"fine\"\n";
  const auto profile = chat::parse_profile(text, "spring");
  ASSERT_TRUE(profile);
  RunRecord run = kRun;
  run.profile.name = profile->name;
  for (const auto& [name, value] : chat::list_settings(*profile))
    run.profile.settings[name] = log_bytes(value);
  const auto again =
      chat::parse_profile(content(files_of(failed_case(), run), "profile.txt"), "again");
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *profile);
}

TEST(ReproductionFiles, AreNotMadeOfACaseInWhichNothingIsKnownToHaveHappened) {
  CaseRecord passed{.id = "a", .verdict = Verdict::kPass};
  EXPECT_TRUE(make_reproduction_files(kRun, passed, nullptr).error().contains("--log-events all"));
  passed.skipped = SkipRecord{.sentence = "it needs b"};
  EXPECT_TRUE(make_reproduction_files(kRun, passed, nullptr).error().contains("it needs b"));
  CaseRecord without_files = failed_case();
  without_files.verdict = Verdict::kPass;
  without_files.files = {};
  EXPECT_TRUE(make_reproduction_files(kRun, without_files, nullptr).error().contains("files"));
  CaseRecord trouble = failed_case();
  trouble.verdict = Verdict::kError;
  EXPECT_FALSE(make_reproduction_files(kRun, trouble, nullptr));
}

TEST(ReproductionFiles, ShowNoControlCharacterOfALogInTheirText) {
  CaseRecord record = failed_case();
  RunRecord run = kRun;
  const std::string hostile = "\x1b[2J\"\"\"\r\n\\ \xe2\x80\xa8";
  record.id = record.title = hostile;
  record.failure->message = record.failure->expected = hostile;
  record.failure->received = log_bytes(hostile);
  run.profile.name = hostile;
  run.profile.settings["hash"] = run.profile.settings["ok"] = log_bytes(hostile);
  run.profile.settings[hostile] = log_bytes(hostile);
  run.argv = {log_bytes(hostile)};
  for (const std::string_view name : {"README.txt", "profile.txt", "reproduce.py"}) {
    for (const char c : content(files_of(record, run), name))
      ASSERT_TRUE(c == '\n' || (c >= ' ' && c < 0x7f)) << name << int{c};
  }
}

}  // namespace
}  // namespace chatspec
