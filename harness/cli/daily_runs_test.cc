// The options of chatspec run for those who run the suite every day.

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

const std::string kMistakenServer = server(python("flawed/python/server.py"));
const std::string kCorrectServer = server(kBin + "/chat-server");

TEST(FailFast, EndsARunAfterItsFirstFailureAndNamesTheRest) {
  const Folder folder;
  const Outcome outcome =
      chatspec("run --fail-fast signature -v --log " + folder.at("log") + " " + kMistakenServer);
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_TRUE(outcome.says("The rest was not played, since enough had failed (--fail-fast)."))
      << outcome.output;
  std::size_t failed = 0, skipped = 0;
  for (const auto& [id, verdict] : verdicts_in(folder.at("log"))) {
    failed += verdict == "wrong-signature";
    skipped += verdict == "skipped";
  }
  EXPECT_EQ(failed, 1U);
  EXPECT_GT(skipped, 5U) << "the option takes no word that stands behind it";
  EXPECT_EQ(chatspec("report " + folder.at("log")).status, 1);
}

TEST(FailFast, TakesTheNumberOfFailuresThatAreEnough) {
  const Folder folder;
  EXPECT_EQ(
      chatspec("run --fail-fast=3 signature -q --log " + folder.at("log") + " " + kMistakenServer)
          .status,
      1);
  std::size_t failed = 0;
  for (const auto& [id, verdict] : verdicts_in(folder.at("log")))
    failed += verdict == "wrong-signature";
  EXPECT_EQ(failed, 3U);
}

TEST(TimeLimit, NamesWhatWasNotPlayedAndIsNoPass) {
  const Folder folder;
  const Outcome outcome =
      chatspec("run --time-limit 0.01 --jobs 1 --log " + folder.at("log") + " " + kCorrectServer);
  EXPECT_EQ(outcome.status, 2) << outcome.output;
  EXPECT_TRUE(outcome.says("since the time was over that the run had (--time-limit)"))
      << outcome.output;
  EXPECT_TRUE(folder.content("log").contains(R"("kind":"time-limit")"));
  EXPECT_EQ(chatspec("report " + folder.at("log")).status, 2);
}

std::set<std::string> failed_in(const std::string& path) {
  std::set<std::string> ids;
  const auto log = parse_log(chat::content_of(path), path);
  for (const Record& record : log->records) {
    const auto* played = std::get_if<CaseRecord>(&record);
    if (played && is_failure(played->verdict)) ids.insert(played->id);
  }
  return ids;
}

TEST(EarlierLogs, SayWhatIsPlayedFirstOrAlone) {
  const Folder folder;
  const std::string before = folder.at("before");
  EXPECT_EQ(chatspec("run signature -q --log " + before + " " + kMistakenServer).status, 1);
  const std::set<std::string> failed = failed_in(before);
  ASSERT_GT(failed.size(), 1U);

  EXPECT_EQ(chatspec("run -q --log " + folder.at("only") + " --only-failed " + before + " " +
                     kCorrectServer)
                .status,
            0);
  std::set<std::string> played;
  for (const auto& [id, verdict] : verdicts_in(folder.at("only"))) played.insert(id);
  EXPECT_EQ(played, failed);
  const Outcome nothing = chatspec("run --only-failed " + folder.at("only") + " " + kCorrectServer);
  EXPECT_EQ(nothing.status, 5);
  EXPECT_TRUE(nothing.says("nothing is selected: in " + folder.at("only") + " nothing failed"))
      << nothing.output;

  EXPECT_EQ(
      chatspec("run -q --play-on signature --fail-fast=" + std::to_string(failed.size()) +
               " --log " + folder.at("first") + " --failed-first " + before + " " + kMistakenServer)
          .status,
      1);
  std::size_t others = 0, others_played = 0;
  for (const auto& [id, verdict] : verdicts_in(folder.at("first"))) {
    if (failed.contains(id)) {
      EXPECT_NE(verdict, "skipped") << id;
    } else {
      ++others;
      others_played += verdict != "skipped";
    }
  }
  EXPECT_LT(others_played, others / 4) << "what the failed ones need stands before them, no more";

  const Outcome other =
      chatspec("run --only-failed " + before + " " + client(kBin + "/chat-client"));
  EXPECT_EQ(other.status, 4);
  EXPECT_TRUE(other.says("is the log of a server, and what is to be tried is a client"))
      << other.output;
}

TEST(Shuffle, PlaysTheSameCasesInAnotherOrderThatTheSeedGives) {
  const Folder folder;
  const auto ids_of = [&](const std::string& options) {
    EXPECT_EQ(
        chatspec("run state -q --log " + folder.at("log") + " " + options + " " + kCorrectServer)
            .status,
        0);
    std::vector<std::string> ids;
    const auto log = parse_log(folder.content("log"), "log");
    for (const Record& record : log->records) {
      if (const auto* played = std::get_if<CaseRecord>(&record)) ids.push_back(played->id);
    }
    return ids;
  };
  const auto plain = ids_of("--seed 1");
  const auto shuffled = ids_of("--seed 1 --shuffle");
  EXPECT_NE(shuffled, plain);
  EXPECT_TRUE(std::ranges::is_permutation(shuffled, plain));
  EXPECT_EQ(ids_of("--seed 1 --shuffle --jobs 3"), shuffled);
}

TEST(KnownFailures, FailNoRunUnlessTheyComeOtherwise) {
  const Folder folder;
  const std::string list = folder.at("known.txt");
  const std::string played = "run signature -q ";
  EXPECT_EQ(chatspec(played + "--write-known " + list + " " + kMistakenServer).status, 1);
  EXPECT_TRUE(folder.content("known.txt").contains(" wrong-signature "))
      << folder.content("known.txt");

  const Outcome as_known = chatspec("run signature --known " + list + " --log " + folder.at("log") +
                                    " " + kMistakenServer);
  EXPECT_EQ(as_known.status, 0) << as_known.output;
  EXPECT_TRUE(as_known.says("failed as known, which is no failure of the run.")) << as_known.output;
  EXPECT_FALSE(as_known.says("mend this first")) << as_known.output;
  EXPECT_EQ(chatspec("report " + folder.at("log")).status, 0);

  const Outcome mended = chatspec("run signature --known " + list + " " + kCorrectServer);
  EXPECT_EQ(mended.status, 1);
  EXPECT_TRUE(mended.says("does not fail any more (wrong-signature was known): remove the line."))
      << mended.output;
  EXPECT_TRUE(mended.says("known.txt:3: ")) << mended.output;

  const Outcome other =
      chatspec("run signature/second-key --known " +
               folder.write("other.txt", "signature/second-key no-answer it is slow\n") + " " +
               kMistakenServer);
  EXPECT_EQ(other.status, 1);
  EXPECT_TRUE(
      other.says("other.txt:1: signature/second-key fails with wrong-signature, and no-answer was "
                 "known: change the line, or mend it."))
      << other.output;
}

TEST(KnownFailures, OfWhichAListIsWrongAreTakenFromNoRun) {
  const Folder folder;
  const Outcome unknown =
      chatspec("run --known " + folder.write("a.txt", "signature/second-kye wrong-signature x\n") +
               " " + kCorrectServer);
  EXPECT_EQ(unknown.status, 5);
  EXPECT_TRUE(
      unknown.says("a.txt:1: no scenario is called \"signature/second-kye\"; did you mean "
                   "signature/second-key?"))
      << unknown.output;
  const Outcome wrong =
      chatspec("run --known " + folder.write("b.txt", "signature/second-key wrong x\n") + " " +
               kCorrectServer);
  EXPECT_EQ(wrong.status, 4);
  EXPECT_TRUE(wrong.says("b.txt:1: \"wrong\" is no failure's code")) << wrong.output;
  EXPECT_EQ(chatspec("run --known " + folder.at("none") + " " + kCorrectServer).status, 4);
}

TEST(Exclusion, LeavesOutNamesAndTags) {
  const Folder folder;
  EXPECT_EQ(chatspec("run handshake quit --exclude 'quit/*' --exclude core -q --log " +
                     folder.at("log") + " " + kCorrectServer)
                .status,
            0);
  for (const auto& [id, verdict] : verdicts_in(folder.at("log")))
    EXPECT_TRUE(id.starts_with("handshake/") && id != "handshake/hello") << id;
  const Outcome unknown = chatspec("run --exclude handshak " + kCorrectServer);
  EXPECT_EQ(unknown.status, 5);
  EXPECT_TRUE(
      unknown.says("no scenario is called, or has the tag, \"handshak\"; did you mean handshake?"))
      << unknown.output;
}

}  // namespace
}  // namespace chatspec
