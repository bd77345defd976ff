#include "harness/runs/case_record.h"

#include <gtest/gtest.h>

#include "harness/report/log/event_log.h"
#include "harness/report/log/record_json.h"
#include "harness/scenario/source.h"

namespace chatspec {
namespace {

// A case of a server that ended at once, and what came of it.
class EndedServer : public ::testing::Test {
 protected:
  EndedServer() {
    ScenarioFile file{.id = "a/b", .path = "a/b.chat", .source = kSource, .scenario = {}};
    EXPECT_EQ(check_source(kSource, "b.chat", file.scenario), "");
    suite_.files.push_back(std::move(file));
    cases_ = list_cases(suite_);
    options_.profile = *chat::find_profile("line");
    result_.played = &cases_.front();
    result_.script = make_script(cases_.front().scenario, "a/b", {.profile = options_.profile});
    result_.folder = "/tmp/cell";
    result_.transcript.append({.kind = EventKind::kStarted, .bytes = "s 80 /tmp/cell/keys.txt"});
    result_.transcript.append({.kind = EventKind::kExited, .exit = ExitStatus{.value = 1}});
    result_.transcript.append({.kind = EventKind::kStopped});
  }

  CaseRecord record_with(const std::string& errors) {
    result_.transcript.append({.kind = EventKind::kErrors, .bytes = errors});
    judge_again(result_);
    return make_case_record(result_, options_);
  }

  static constexpr auto* kSource =
      "# Why.\nscenario  t\ncovers    HELLO-2\nrole      server\n\nC: HELLO\nS: 260 OK\n";
  Suite suite_;
  std::vector<Case> cases_;
  RecordOptions options_;
  CaseResult result_;
};

TEST_F(EndedServer, IsRecordedWithAllThatIsKnown) {
  const CaseRecord record = record_with("oh\n");
  EXPECT_EQ(record.file, "a/b.chat");
  EXPECT_EQ(record.line, 2U);
  EXPECT_EQ(record.description, "Why.");
  ASSERT_TRUE(record.failure);
  EXPECT_EQ(record.failure->code, "exited-early");
  EXPECT_EQ(record.exit, (ExitStatus{.value = 1}));
  EXPECT_EQ(record.errors.bytes.begin, "oh\n");
  EXPECT_EQ(record.events.size(), 3U);
}

TEST_F(EndedServer, MakesNoRecordThatIsTooLongToBeRead) {
  const std::string flood(16 << 10, '\x01');
  for (int i = 0; i < 4000; ++i)
    result_.transcript.append({.kind = EventKind::kReceived, .connection = 1, .bytes = flood});
  const CaseRecord record = record_with("");
  ASSERT_EQ(record.events.size(), 4003U);
  EXPECT_TRUE(record.events[3].bytes.is_whole());
  EXPECT_EQ(record.events[4002].bytes.length(), flood.size());
  EXPECT_LT(to_json_line(record).size(), kMaxLogLineBytes / 2);
}

TEST_F(EndedServer, HasThePathOfItsScenarioWhereThatLiesInTheUsersRepository) {
  const auto here = std::filesystem::weakly_canonical(std::filesystem::current_path());
  suite_.files.front().path = here / "tests/a/b.chat";
  EXPECT_EQ(record_with("").path, "");
  options_.repository = here;
  EXPECT_EQ(record_with("").path, "tests/a/b.chat");
  options_.repository = here / "tests/another";
  EXPECT_EQ(record_with("").path, "");
}

TEST_F(EndedServer, HasItsFilesWhereAllIsLogged) {
  options_.logs_all = true;
  result_.judgement = make_skipped({.kind = SkipKind::kOptional, .sentence = "this is optional"});
  const CaseRecord record = make_case_record(result_, options_);
  EXPECT_EQ(record.events.size(), 3U);
  ASSERT_TRUE(record.files.keys);
  EXPECT_EQ(record.files.keys->begin, result_.script.materials.key_file);
}

TEST_F(EndedServer, HasPlaceholdersForPathsOfThisMachine) {
  options_.hidden = {{"/root", "{home}"}, {"", "{nothing}"}, {"/", "{top}"}};
  const CaseRecord record = record_with(
      "/root/x /rooted/x /x/root-2 /home/root \"/root\" /tmp/cell/keys.txt /tmp/cell2 /root");
  EXPECT_EQ(record.events.front().bytes.begin, "s 80 {folder}/keys.txt");
  EXPECT_EQ(record.errors.bytes.begin,
            "{home}/x /rooted/x /x/root-2 /home/root \"{home}\" {folder}/keys.txt /tmp/cell2 "
            "{home}");
}

TEST_F(EndedServer, MayNotHaveFoundAFile) {
  options_.missing_file = "x.py lies in /root/work";
  options_.hidden = {{"/root", "{home}"}};
  const CaseRecord record = record_with("oh\n");
  ASSERT_TRUE(record.failure && record.failure->cause);
  EXPECT_EQ(record.failure->cause->id, "missing-file");
  EXPECT_EQ(record.failure->cause->sentence, "x.py lies in {home}/work");
}

TEST_F(EndedServer, WhoseScenarioIsOptionalHasNoFindingToAddTo) {
  options_.missing_file = "x.py lies elsewhere";
  record_with("oh\n");
  result_.judgement = make_skipped({.kind = SkipKind::kOptional, .sentence = "this is optional"});
  const CaseRecord record = make_case_record(result_, options_);
  EXPECT_FALSE(record.failure);
  ASSERT_TRUE(record.skipped);
  EXPECT_EQ(record.skipped->kind, "optional");
  EXPECT_TRUE(record.events.empty());
  EXPECT_EQ(record.files, FilesRecord());
}

}  // namespace
}  // namespace chatspec
