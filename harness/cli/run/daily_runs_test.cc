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
// Enough of it, with two mistakes of that server.
const std::string kSignatures =
    "signature --exclude 'signature/padding' --exclude 'signature/zeros' --exclude "
    "'signature/text-like-key' ";
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
  EXPECT_GT(skipped, 5U) << "the option takes no word that stands after it";
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

TEST(Again, StartsWhatTheLogIsOfInTheSameWay) {
  const Folder folder;
  ASSERT_EQ(chatspec("run " + kSignatures +
                     "-q --profile line --seed 12 --delivery joined --name theirs --log " +
                     folder.at("before") + " " + kMistakenServer)
                .status,
            1);
  const std::string failed = *failed_in(folder.at("before")).begin();
  const Outcome again = chatspec("run --again " + folder.at("before") + " " + "'" + failed +
                                 "' --log " + folder.at("after"));
  EXPECT_EQ(again.status, 1) << again.output;
  EXPECT_TRUE(failed_in(folder.at("after")).contains(failed));
  const auto begin = [&](const std::string& name) {
    const std::string log = folder.content(name);
    const std::size_t at = log.find(R"("name":)");
    return log.substr(at, log.find(R"("suite":)") - at);
  };
  EXPECT_EQ(begin("after"), begin("before"));
}

TEST(Again, GivesWayToOptionsAndSaysWhatIsMissing) {
  const Folder folder;
  const std::string log = folder.at("before");
  folder.write("own.profile", "name own\nbase line\n");
  ASSERT_EQ(chatspec("run handshake -q --profile " + folder.at("own.profile") + " --log " + log +
                     " " + kCorrectServer)
                .status,
            0);
  const Outcome without = chatspec("run --again " + log);
  EXPECT_EQ(without.status, 4);
  EXPECT_TRUE(without.says(
      "its profile \"own\" is not one of chatspec's own: name its file with --profile"))
      << without.output;
  EXPECT_EQ(
      chatspec("run handshake -q --profile " + folder.at("own.profile") + " --again " + log).status,
      0);
  EXPECT_EQ(
      chatspec("run handshake -q --profile line --again " + log + " " + kMistakenServer).status, 0);
  EXPECT_EQ(chatspec("run --again " + folder.at("nothing")).status, 4);
}

TEST(EarlierLogs, SayWhatIsPlayedFirstOrAlone) {
  const Folder folder;
  const std::string before = folder.at("before");
  EXPECT_EQ(chatspec("run " + kSignatures + "-q --log " + before + " " + kMistakenServer).status,
            1);
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
      chatspec("run -q --play-on " + kSignatures + "--fail-fast=" + std::to_string(failed.size()) +
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
        chatspec("run quit -q --log " + folder.at("log") + " " + options + " " + kCorrectServer)
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
  const std::string played = "run " + kSignatures + "-q ";
  EXPECT_EQ(chatspec(played + "--write-known " + list + " " + kMistakenServer).status, 1);
  EXPECT_TRUE(folder.content("known.txt").contains(" wrong-signature "))
      << folder.content("known.txt");

  const Outcome as_known = chatspec("run " + kSignatures + "--known " + list + " --log " +
                                    folder.at("log") + " " + kMistakenServer);
  EXPECT_EQ(as_known.status, 0) << as_known.output;
  EXPECT_TRUE(as_known.says("failed as known, which is no failure of the run.")) << as_known.output;
  EXPECT_FALSE(as_known.says("mend this first")) << as_known.output;
  EXPECT_EQ(chatspec("report " + folder.at("log")).status, 0);

  const Outcome mended = chatspec("run " + kSignatures + "--known " + list + " " + kCorrectServer);
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

// A server that is the correct one, but for every second time that it is started.
std::string flaky_server(const Folder& folder) {
  return "/bin/sh " + folder.write("flaky.sh", "count=" + folder.at("count") + "\n" +
                                                   "echo >>$count\n"
                                                   "[ $(($(wc -l <$count) % 2)) = 0 ] || exit 3\n"
                                                   "exec " +
                                                   kBin + "/chat-server $1 $2\n");
}

TEST(Repetition, TellsHowOftenACaseFailedAndIsNoPass) {
  const Folder folder;
  const std::string played = "run handshake/hello --isolation plain --server '" +
                             flaky_server(folder) + " {port} {keys}' --log " + folder.at("log");
  const Outcome repeated = chatspec(played + " --repeat 6");
  EXPECT_EQ(repeated.status, 1) << repeated.output;
  EXPECT_TRUE(repeated.says("flaky: failed in 3 of 6 plays (exited-early 3)")) << repeated.output;
  EXPECT_TRUE(repeated.says("1 fail (1 of them flaky) in ")) << repeated.output;
  EXPECT_EQ(chatspec("report " + folder.at("log")).status, 1);

  const Outcome retried = chatspec(played + " --retries 3");
  EXPECT_EQ(retried.status, 1);
  EXPECT_TRUE(retried.says("flaky: failed in 1 of 2 plays")) << retried.output;

  EXPECT_EQ(chatspec(played).status, 1) << "the ninth start";
  const Outcome until = chatspec(played + " --repeat 100 --until-fail");
  EXPECT_TRUE(until.says("flaky: failed in 1 of 2 plays")) << until.output;
}

TEST(Repetition, CountsNothingOfWhatIsKnownToBeFlaky) {
  const Folder folder;
  const std::string played = "run handshake/hello --isolation plain --server '" +
                             flaky_server(folder) + " {port} {keys}' --repeat 4 ";
  const std::string list = folder.at("flaky.txt");
  EXPECT_EQ(chatspec(played + "-q --write-known-flaky " + list + " --write-known " +
                     folder.at("known.txt"))
                .status,
            1);
  EXPECT_TRUE(folder.content("flaky.txt").contains("handshake/hello"))
      << folder.content("flaky.txt");
  EXPECT_FALSE(folder.content("known.txt").contains("handshake/hello"));
  const Outcome known = chatspec(played + "--known-flaky " + list);
  EXPECT_EQ(known.status, 0) << known.output;
  EXPECT_TRUE(known.says("1 case failed as known")) << known.output;
  const Outcome passed =
      chatspec("run handshake/hello --known-flaky " + list + " " + kCorrectServer);
  EXPECT_EQ(passed.status, 0) << "it may pass: " << passed.output;
  const Outcome other = chatspec(played + "--known-flaky " +
                                 folder.write("b.txt", "handshake/hello no-answer it is slow\n"));
  EXPECT_EQ(other.status, 1);
  EXPECT_TRUE(
      other.says("b.txt:1: handshake/hello fails with exited-early, and no-answer was known"))
      << other.output;
}

TEST(Repetition, IsToldWithWhatItNeeds) {
  EXPECT_TRUE(
      chatspec("run --until-fail " + kCorrectServer).says("--until-fail requires --repeat"));
  EXPECT_EQ(chatspec("run --repeat 2 --retries 1 " + kCorrectServer).status, 4);
  EXPECT_EQ(chatspec("run --repeat 0 " + kCorrectServer).status, 4);
}

// All that a log says but what no two runs have in common.
std::vector<std::string> told_in(const std::string& path) {
  std::vector<std::string> lines;
  const auto log = parse_log(chat::content_of(path), path);
  for (const Record& record : log->records) {
    const auto* played = std::get_if<CaseRecord>(&record);
    if (!played) continue;
    lines.push_back(played->id + " " + std::string(to_string(played->verdict)) + " " +
                    (played->failure ? played->failure->message : "") +
                    (played->skipped ? played->skipped->sentence : ""));
  }
  return lines;
}

TEST(Shards, MakeTheLogOfOneRunHoweverTheyAreNumbered) {
  const Folder folder;
  const std::string played = "run " + kSignatures + "-q --seed 7 ";
  const auto at = [&](const std::string& name) { return " --log " + folder.at(name) + " "; };
  EXPECT_EQ(chatspec(played + at("whole") + kMistakenServer).status, 1);
  for (const char* number : {"1", "2", "3"}) {
    const std::string log = std::string("part") + number;
    chatspec(played + "--shard " + number + "/3" + at(log) + kMistakenServer);
    const Outcome launched =
        chat::run_command_line("TEST_TOTAL_SHARDS=3 TEST_SHARD_INDEX=$((" + std::string(number) +
                               "-1)) TEST_SHARD_STATUS_FILE=" + folder.at("status") + number + " " +
                               kBin + "/chatspec " + played + "--shard auto --timings " +
                               folder.at("whole") + at("auto" + log) + kMistakenServer + " 2>&1");
    EXPECT_TRUE(std::filesystem::exists(folder.at("status") + number)) << launched.output;
  }
  for (const std::string log : {"part", "autopart"}) {
    const std::string parts =
        folder.at(log + "3") + " " + folder.at(log + "1") + " " + folder.at(log + "2");
    const Outcome merged = chatspec("merge " + parts + " -o " + folder.at("merged"));
    EXPECT_EQ(merged.status, 0) << merged.output;
    EXPECT_EQ(told_in(folder.at("merged")), told_in(folder.at("whole")));
    EXPECT_EQ(chatspec("report " + folder.at("merged")).status, 1);
  }
  const Outcome missing = chatspec("merge " + folder.at("part1") + " " + folder.at("part3"));
  EXPECT_EQ(missing.status, 4);
  EXPECT_TRUE(missing.says("the log of shard 2 of 3 is missing")) << missing.output;
}

TEST(Shards, OfWhichOneHasNothingToDoAreGood) {
  const Folder folder;
  const std::string log = folder.at("log");
  const Outcome outcome =
      chatspec("run handshake/hello --seed 1 --shard 2/2 --log " + log + " " + kCorrectServer);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("there are fewer cases than shards: this one has none"));
  EXPECT_EQ(chatspec("run handshake/hello --seed 1 --shard 1/2 -q --log " + folder.at("other") +
                     " " + kCorrectServer)
                .status,
            0);
  const Outcome merged =
      chatspec("merge " + log + " " + folder.at("other") + " -o " + folder.at("m"));
  EXPECT_EQ(merged.output, "");
  EXPECT_EQ(chatspec("report " + folder.at("m")).status, 0);
}

TEST(Shards, NeedASeedAndWhatTheyAreOf) {
  EXPECT_TRUE(chatspec("run --shard 1/2 " + kCorrectServer)
                  .says("--shard: all shards of a run need the same --seed; none is given"));
  EXPECT_TRUE(chatspec("run --seed 1 --shard 3/2 " + kCorrectServer)
                  .says("--shard: there is no shard 3 of 2; the first is 1"));
  EXPECT_TRUE(chatspec("run --timings x " + kCorrectServer).says("--timings requires --shard"));
  EXPECT_TRUE(chatspec("run --seed 1 --shard 1/2 --timings /nowhere " + kCorrectServer)
                  .says("--timings: /nowhere"));
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
