// Lock-step with real processes: a server that takes one recv() for one unit sees the same segments
// in every run, and is caught in every run where units are joined.
//
// CHATSPEC_REPEATS says how often each is played; a few times where it is not set.

#include <cstdlib>
#include <string>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/cell/process/cell_test_support.h"
#include "harness/judge/judge.h"
#include "harness/play/player.h"
#include "harness/scenario/source.h"
#include "harness/script/segmentation.h"

namespace chatspec {
namespace {

// As many students write it: what a recv() returns is one unit, and anything else is an error.
constexpr std::string_view kOneRecvPerUnit = R"(
import hashlib, socket, sys
s = socket.create_server(('127.0.0.1', int(sys.argv[1])))
key = open(sys.argv[2]).read().strip().encode()
c, _ = s.accept()
def expect(*units):
    got = c.recv(1024)
    if got not in units: sys.exit('not a unit: %r' % got)
    return got
expect(b'HELLO\n')
c.sendall(b'260 OK\n')
while expect(b'DATA\n', b'QUIT\n') == b'DATA\n':
    hash = hashlib.sha256()
    while (line := c.recv(1024)) != b'.\n':
        if not line.endswith(b'\n') or line.count(b'\n') > 1: sys.exit('not a line: %r' % line)
        hash.update(line[:-1])
    hash.update(key)
    c.sendall(b'270 SIG\n')
    c.sendall(hash.hexdigest().encode() + b'\n')
    expect(b'PASS\n', b'FAIL\n')
    c.sendall(b'260 OK\n')
)";

constexpr std::string_view kScenario = R"(scenario  three lines
covers    SIG-1
role      server

key       k
message   "one"
          "two"
          "three"

C: HELLO
S: 260 OK
C: DATA
C: <message 1> | apart
C: . | apart
S: 270 SIG
S: <signature 1>
C: PASS
S: 260 OK
C: QUIT
S: <close>
)";

int repeats() {
  const char* wanted = std::getenv("CHATSPEC_REPEATS");
  return wanted ? std::max(1, std::atoi(wanted)) : 10;
}

Script make_lock_step_script() {
  Scenario scenario;
  EXPECT_EQ(check_source(kScenario, "t.chat", scenario), "");
  return make_script(scenario, "t", {Role::kServer, *chat::find_profile("line"), 1, {}});
}

class LockStepTest : public testing::InEveryTier {
 protected:
  Transcript play_once(const Script& script) {
    const auto cell = bench_.open(Role::kServer);
    const auto program = cell->add_file("server.py", kOneRecvPerUnit).value();
    const std::string plain = "/usr/bin/python3";  // PATH may hold a slow wrapper instead
    const std::string python = access(plain.c_str(), X_OK) == 0 ? plain : "python3";
    const Command command =
        Command::parse(fmt::format("{} -I -S {} {{port}} {{keys}}", python, program), Role::kServer)
            .value();
    return play(script, *cell, &command, bench_.clock);
  }

 private:
  testing::Bench bench_{GetParam()};
};

// What happened on the connection, without times. How much of an answer one of our reads returns is
// no doing of either side, so what came without a word of ours in between stands as one.
std::string conversation(const Transcript& transcript) {
  std::string text;
  bool receiving = false;
  for (const Event& event : transcript.events()) {
    if (event.connection == 0) continue;
    const bool received = event.kind == EventKind::kReceived;
    if (!received || !receiving) text += fmt::format("\n{} ", to_string(event.kind));
    text += event.bytes;
    receiving = received;
  }
  return text;
}

TEST_P(LockStepTest, GivesTheSameTranscriptEveryTime) {
  const Script script = make_lock_step_script();
  std::string first;
  for (int i = 0; i < repeats(); ++i) {
    const Transcript transcript = play_once(script);
    const Judgement judgement = judge(script, chat::Level::kMust, transcript);
    ASSERT_EQ(judgement.verdict, Verdict::kPass)
        << "in run " << i << ": " << (judgement.failure ? judgement.failure->message : "");
    if (first.empty()) first = conversation(transcript);
    ASSERT_EQ(conversation(transcript), first) << "in run " << i;
  }
}

TEST_P(LockStepTest, CatchesItEveryTimeWhereUnitsAreJoined) {
  const Script script = segment(make_lock_step_script(), Segmentation::kJoined).script;
  for (int i = 0; i < repeats(); ++i) {
    const Judgement judgement = judge(script, chat::Level::kMust, play_once(script));
    ASSERT_EQ(judgement.verdict, Verdict::kFail) << "in run " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Tiers, LockStepTest, testing::every_tier(), testing::tier_name);

}  // namespace
}  // namespace chatspec
