// What a scenario becomes: the segments that are sent, and when an answer to a text is due. Each
// row is a transcript and its dump: a line per step, segments separated by `|`.

#include "harness/script/script.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/scenario/source.h"
#include "reference/quote.h"

namespace chatspec {
namespace {

std::string dump(const Step& step) {
  if (step.action == Action::kExpect) {
    return fmt::format("expect {}{}\n", chat::quote(step.alternatives.front().bytes),
                       step.due_after ? fmt::format(" after {}", step.due_after) : "");
  }
  std::string segments;
  std::size_t begin = 0;
  for (const std::size_t cut : step.cuts) {
    segments += chat::quote(step.bytes.substr(begin, cut - begin)) + "|";
    begin = cut;
  }
  return fmt::format("send {}{}\n", segments, chat::quote(step.bytes.substr(begin)));
}

std::string script_of(std::string_view transcript, std::string_view profile) {
  const std::string source =
      "scenario  t\ncovers    DATA-4\nrole      server\nmessage   \"a\\nb\"\n\n" +
      std::string(transcript) + "S: <close>\n";
  Scenario scenario;
  const std::string problems = check_source(source, "t", scenario);
  if (!problems.empty()) return problems;
  std::string dumped;
  const ScriptOptions options{.profile = *chat::find_profile(profile)};
  for (const Step& step : make_script(scenario, "t", options).steps) dumped += dump(step);
  return dumped.substr(0, dumped.rfind("expect"));  // the <close>
}

struct Row {
  std::string_view transcript;
  std::string_view dump;
  std::string_view profile = "line";
};

TEST(Script, ATextAndItsTerminatorGoOutInOneSegmentUnlessItIsSaidOtherwise) {
  for (const Row& row : {
           Row{"C: DATA\nC: <message 1>\nC: .\n", "send \"DATA\\n\"\nsend \"a\\nb\\n.\\n\"\n"},
           Row{"C: DATA\nC: <message 1>\nC: .\n", "send \"DATA\"\nsend \"a\\nb\\n.\"\n", "bare"},
           Row{"C: DATA\nC: a\nC: b\nC: .\n", "send \"DATA\\n\"\nsend \"a\\nb\\n.\\n\"\n"},
           Row{"C: DATA\nC: raw \"a\\r\\n\"\nC: raw \".\\r\\n\"\n",
               "send \"DATA\\n\"\nsend \"a\\r\\n.\\r\\n\"\n"},
           Row{"C: DATA\nC: .\n", "send \"DATA\\n\"\nsend \".\\n\"\n"},
           Row{"C: DATA\nC: <message 1>\nC: . | apart\n",
               "send \"DATA\\n\"\nsend \"a\\nb\\n\"\nsend \".\\n\"\n"},
           Row{"C: DATA\nC: <message 1> | apart\nC: .\n",
               "send \"DATA\\n\"\nsend \"a\\n\"|\"b\\n.\\n\"\n"},
           Row{"C: DATA\nC: <message 1> | split at 1\nC: .\n",
               "send \"DATA\\n\"\nsend \"a\"|\"\\nb\\n.\\n\"\n"},
           Row{"C: DATA\nC: <message 1>\nC: . | split 1\n",
               "send \"DATA\\n\"\nsend \"a\\nb\\n\"\nsend \".\"|\"\\n\"\n"},
           Row{"C: DATA\nC: <message 1> | joined\nC: .\n", "send \"DATA\\na\\nb\\n.\\n\"\n"},
           Row{"C: DATA\nC: <message 1>\nC: .\nC: PASS\n",
               "send \"DATA\\n\"\nsend \"a\\nb\\n.\\n\"\nsend \"PASS\\n\"\n"},
           Row{"C: DATA\nC: a\nS: <silence>\nC: .\n",
               "send \"DATA\\n\"\nsend \"a\\n\"\nexpect \"\"\nsend \".\\n\"\n"},
           Row{"C: DATA\nC2: DATA\nC: a\nC2: b\nC: .\n",
               "send \"DATA\\n\"\nsend \"DATA\\n\"\nsend \"a\\n\"\nsend \"b\\n\"\nsend \".\\n\"\n"},
       }) {
    EXPECT_EQ(script_of(row.transcript, row.profile), row.dump) << row.transcript;
  }
}

TEST(Script, AnAnnouncementIsDueAfterTheTerminatorOfItsText) {
  for (const Row& row : {
           Row{"C: DATA\nC: .\nS: 270 SIG\n",
               "send \"DATA\\n\"\nsend \".\\n\"\nexpect \"270 SIG\\n\" after 7\n"},
           Row{"C: DATA\nC: a\nC: .\nC: PASS\nC: DATA\nC: .\nS: 270 SIG\nS: 260 OK\nS: 270 SIG\n",
               "send \"DATA\\n\"\nsend \"a\\n.\\n\"\nsend \"PASS\\n\"\nsend \"DATA\\n\"\n"
               "send \".\\n\"\nexpect \"270 SIG\\n\" after 9\nexpect \"260 OK\\n\"\n"
               "expect \"270 SIG\\n\" after 21\n"},
           Row{"C2: DATA\nC2: .\nS2: 270 SIG\n",
               "send \"DATA\\n\"\nsend \".\\n\"\nexpect \"270 SIG\\n\" after 7\n"},
       }) {
    std::string transcript(row.transcript);
    if (transcript.starts_with("C2")) transcript = "C: HELLO\n" + transcript;
    const std::string first = transcript.starts_with("C: HELLO") ? "send \"HELLO\\n\"\n" : "";
    EXPECT_EQ(script_of(transcript, row.profile), first + std::string(row.dump)) << transcript;
  }
}

// QUIT-1: many a server waits for the end of its client's stream before it takes the next client.
TEST(Script, ClosesAConnectionThatItsPeerShouldHaveClosedBeforeANewOneComesAbout) {
  for (const Row& row : {
           Row{"C: QUIT\nS: <close>\nC2: HELLO\nS2: 260 OK\nS: <exit any-or-none>\n",
               "send 1, expect 1, close 1, send 2, expect 2, expect 1, "},
           Row{"C: HELLO\nC2: QUIT\nS2: <close>\nC: QUIT\nS: <close>\n",
               "send 1, send 2, expect 2, send 1, expect 1, "},
           Row{"C: QUIT\nS: <close>\n", "send 1, expect 1, "},
           Row{"C: QUIT\nS: <close>\nC2: QUIT\nS2: <close>\nC3: QUIT\nS3: <close>\n",
               "send 1, expect 1, close 1, send 2, expect 2, close 2, send 3, expect 3, "},
       }) {
    Scenario scenario;
    ASSERT_EQ(check_source("scenario  t\ncovers    QUIT-2\nrole      server\n\n" +
                               std::string(row.transcript),
                           "t", scenario),
              "");
    const ScriptOptions options{.profile = *chat::find_profile("line")};
    std::string dumped;
    for (const Step& step : make_script(scenario, "t", options).steps) {
      const std::string_view action = step.action == Action::kSend     ? "send"
                                      : step.action == Action::kExpect ? "expect"
                                                                       : "close";
      dumped += fmt::format("{} {}, ", action, step.connection);
    }
    EXPECT_EQ(dumped, row.dump) << row.transcript;
  }
}

// Else a server would be blamed for an answer that was due.
TEST(Script, WhereAScenariosOwnBytesMayHoldATerminatorNothingIsSaidOfWhenAnAnswerIsDue) {
  for (const Row& row : {
           Row{"C: DATA\nC: raw \"a\\n.\\n\"\nC: .\nS: 270 SIG\n",
               "send \"DATA\\n\"\nsend \"a\\n.\\n.\\n\"\nexpect \"270 SIG\\n\"\n"},
           Row{"C: DATA\nC: \"a\\n.\"\nC: .\nS: 270 SIG\n",
               "send \"DATA\\n\"\nsend \"a\\n.\\n.\\n\"\nexpect \"270 SIG\\n\"\n"},
       }) {
    EXPECT_EQ(script_of(row.transcript, row.profile), row.dump) << row.transcript;
  }
}

}  // namespace
}  // namespace chatspec
