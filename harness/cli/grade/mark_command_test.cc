// chatspec mark, as its users meet it: from an assignment and the logs of real runs to a mark.

#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

const std::string kAssignment =
    "title     Exercise 3\n"
    "points    60  handshake\n"
    "points    40  verdict\n";

void write_assignment(const Folder& folder, const std::string& text) {
  folder.write("assignment.txt", text);
}

// Plays the cases that a name selects, and keeps their log.
void record(const Folder& folder, const std::string& words, const std::string& log = "log") {
  chatspec("run -q --seed 7 --log " + folder.at(log) + " " + words);
}

Outcome mark_of(const Folder& folder, const std::string& logs) {
  return chatspec("mark assignment.txt " + logs, "2>&1", folder.at(""));
}

TEST(MarkCommand, GivesTheReferenceAllPoints) {
  const Folder folder;
  write_assignment(folder, kAssignment);
  record(folder, "handshake/hello verdict/fail " + server(kBin + "/chat-server"));
  const Outcome outcome = mark_of(folder, "log");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.output.ends_with("\n100 of 100 points for Exercise 3\n")) << outcome.output;
}

TEST(MarkCommand, SaysWhatAMistakeCosts) {
  const Folder folder;
  write_assignment(folder, kAssignment);
  record(folder, "handshake/hello verdict/fail " + server(python("flawed/python/server.py")));
  const Outcome outcome = mark_of(folder, "log");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.output.contains("     60/60  handshake: ")) << outcome.output;
  EXPECT_TRUE(outcome.output.contains("      0/40  verdict: ")) << outcome.output;
  EXPECT_TRUE(outcome.output.contains("(VERDICT-2; 1 case;\n            verdict/fail)\n"))
      << outcome.output;
  EXPECT_TRUE(outcome.output.ends_with("\n60 of 100 points for Exercise 3\n")) << outcome.output;
}

TEST(MarkCommand, WritesWhatPlatformsRead) {
  const Folder folder;
  write_assignment(folder, kAssignment);
  record(folder, "handshake/hello verdict/fail " + server(python("flawed/python/server.py")));
  const Outcome outcome = mark_of(folder, "log --gradescope results.json --prairielearn pl.json");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.output.contains("60 of 100 points")) << outcome.output;
  EXPECT_TRUE(chat::content_of(folder.at("results.json")).contains("\"score\": 60.0"));
  EXPECT_TRUE(chat::content_of(folder.at("pl.json")).contains("\"score\": 0.6"));
  EXPECT_EQ(chatspec("mark assignment.txt log --autolab -", "2>/dev/null", folder.at("")).output,
            "{\"scores\":{\"server: handshake\":60.0,\"server: verdict\":0.0}}\n");
  EXPECT_EQ(mark_of(folder, "log --gradescope nosuch/results.json").status, 3);
  const Outcome elsewhere = mark_of(folder, "log --classroom50 result.json");
  EXPECT_EQ(elsewhere.status, 4) << elsewhere.output;
  EXPECT_TRUE(elsewhere.output.contains("--classroom50: the variable CLASSROOM is not set: "))
      << elsewhere.output;
}

TEST(MarkCommand, GivesNoMarkForARunThatEndedEarly) {
  const Folder folder;
  write_assignment(folder, kAssignment);
  record(folder, "handshake/hello " + server(kBin + "/chat-server"));
  const std::string whole = chat::content_of(folder.at("log"));
  folder.write("log", whole.substr(0, whole.rfind("\n{") + 1));
  const Outcome outcome = mark_of(folder, "log");
  EXPECT_EQ(outcome.status, 5) << outcome.output;
  EXPECT_EQ(outcome.output,
            "not graded for Exercise 3: the server was not played to the end: its log ends before "
            "it did\n");
}

TEST(MarkCommand, GivesNoMarkWhereNothingOfAPartWasPlayed) {
  const Folder folder;
  write_assignment(folder, kAssignment);
  record(folder, "verdict/fail " + server(kBin + "/chat-server"));
  const Outcome outcome = mark_of(folder, "log");
  EXPECT_EQ(outcome.status, 5) << outcome.output;
  EXPECT_EQ(outcome.output,
            "not graded for Exercise 3: nothing of `handshake` was played of the server\n");
}

TEST(MarkCommand, RefusesPartsThatNobodyCouldEarn) {
  const Folder folder;
  record(folder, "handshake/hello verdict/fail " + server(kBin + "/chat-server"));
  const auto expect_mistake = [&](const std::string& assignment, const std::string& message) {
    write_assignment(folder, assignment);
    const Outcome outcome = mark_of(folder, "log");
    EXPECT_EQ(outcome.status, 4) << outcome.output;
    EXPECT_TRUE(outcome.output.contains(message)) << outcome.output;
  };
  expect_mistake("points 50 handshak\npoints 50 verdict\n",
                 "assignment.txt:1: points: no scenario, chapter, tag or requirement is called "
                 "\"handshak\"; `chatspec list` shows what there is");
  expect_mistake("points 50 handshake verdict\nhidden handshake/helo\n",
                 "assignment.txt:2: hidden: no scenario, chapter, tag or requirement is called");
  expect_mistake("points 50 *\npoints 50 *\n",
                 "assignment.txt:2: points: no case that is played belongs to *: either none is "
                 "selected (scenarios, tag, exclude), or each belongs to a part above");
}

// Whoever plays by hand may play more than the suite has.
TEST(MarkCommand, KnowsTheWordsOfWhatWasPlayed) {
  const Folder folder;
  folder.write("own/greeting.chat",
               "scenario  HELLO is answered with 260 OK\ncovers    HELLO-2\nrole      server\n"
               "C: HELLO\nS: 260 OK\n");
  write_assignment(folder, "points 50 own/greeting\npoints 50 verdict\n");
  record(folder, folder.at("own/greeting.chat") + " verdict/fail " + server(kBin + "/chat-server"));
  const Outcome outcome = mark_of(folder, "log");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.output.contains("100 of 100")) << outcome.output;
}

TEST(MarkCommand, SaysWhatIsWrongWithWhatItWasGiven) {
  const Folder folder;
  write_assignment(folder, "point 1 *\n");
  record(folder, "handshake/hello " + server(kBin + "/chat-server"));
  record(folder, "handshake/hello " + client(kBin + "/chat-client"), "client-log");
  const auto expect_mistake = [&](const std::string& logs, const std::string& message) {
    const Outcome outcome = mark_of(folder, logs);
    EXPECT_EQ(outcome.status, 4) << outcome.output;
    EXPECT_TRUE(outcome.output.contains(message)) << outcome.output;
  };
  expect_mistake("log", "assignment.txt:1: unknown setting \"point\"; did you mean \"points\"?");
  write_assignment(folder, kAssignment);
  expect_mistake("nosuch", "nosuch: ");
  expect_mistake("log log", "there are two runs of a server");
  expect_mistake("client-log", "the assignment has a server, but no log is of one");
  expect_mistake("log client-log", "a log is of a client, but the assignment has none");
  EXPECT_EQ(chatspec("mark nosuch.txt " + folder.at("log")).status, 4);
}

}  // namespace
}  // namespace chatspec
