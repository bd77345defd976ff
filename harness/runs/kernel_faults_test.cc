// No failure to read the kernel is ever evidence against a program: each kind of failure at each
// place where the kernel is read, while a correct server plays a scenario. The verdict is pass,
// where what could not be read was not needed, or error.

#include <array>
#include <atomic>
#include <cerrno>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/cell/process/cell_test_support.h"
#include "harness/cell/reading.h"
#include "harness/judge/judge.h"
#include "harness/play/player.h"
#include "harness/scenario/source.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;

// Correct, and slow in ways that take a look to be told from a hang: it waits for a child that
// sleeps, for a pipe, and for a thread.
constexpr std::string_view kSlowServer = R"(
import hashlib, os, socket, sys, threading, time
s = socket.create_server(('127.0.0.1', int(sys.argv[1])))
key = open(sys.argv[2]).read().strip().encode()
c, _ = s.accept()
f = c.makefile('rb')
def by_child():
    if os.fork() == 0:
        time.sleep(0.03)
        os._exit(0)
    os.wait()
def by_pipe():
    r, w = os.pipe()
    if os.fork() == 0:
        time.sleep(0.03)
        os.write(w, b'x')
        os._exit(0)
    os.read(r, 1)
    os.wait()
def by_thread():
    t = threading.Thread(target=time.sleep, args=[0.03])
    t.start()
    t.join()
f.readline()
by_child()
c.sendall(b'260 OK\n')
while f.readline() == b'DATA\n':
    hash = hashlib.sha256()
    while (line := f.readline()) != b'.\n': hash.update(line[:-1])
    hash.update(key)
    by_pipe()
    c.sendall(b'270 SIG\n' + hash.hexdigest().encode() + b'\n')
    f.readline()
    by_thread()
    c.sendall(b'260 OK\n')
)";

constexpr std::string_view kPlayed = R"(scenario  one message
covers    SIG-1
role      server

key       k
message   "one"

C: HELLO
S: 260 OK
C: DATA
C: <message 1>
C: .
S: 270 SIG
S: <signature 1>
C: PASS
S: 260 OK
C: QUIT
S: <close>
)";

// Which call at which place fails, and from which on. Set before anything is forked.
std::atomic<KernelPlace> failing_place{};
std::atomic<int> failing_error{0};
std::atomic<int> good_calls{0};  // that are still let be

int fail(KernelPlace place) {
  if (place != failing_place || failing_error == 0) return 0;
  return good_calls.fetch_sub(1) > 0 ? 0 : failing_error.load();
}

class KernelFaultsTest : public testing::InEveryTier {
 protected:
  ~KernelFaultsTest() override { kernel_faults = nullptr; }

  static Judgement play_with(Isolation isolation, KernelPlace place, int error, int after) {
    testing::Bench bench(isolation);
    bench.patience = {.answer = 20s, .silence = 20ms, .start = 20s};
    failing_place = place;
    failing_error = error;
    good_calls = after;
    kernel_faults = fail;
    const Judgement judgement = judge_one(bench);
    failing_error = 0;
    return judgement;
  }

 private:
  static Judgement judge_one(testing::Bench& bench) {
    auto cell = bench.try_open(Role::kServer);
    if (!cell) return {.verdict = Verdict::kError};
    const auto program = (*cell)->add_file("server.py", kSlowServer);
    if (!program) return {.verdict = Verdict::kError};
    const Command command = Command::parse(fmt::format("{} -I -S {} {{port}} {{keys}}",
                                                       testing::python_path(), *program),
                                           Role::kServer)
                                .value();
    Scenario scenario;
    EXPECT_EQ(check_source(kPlayed, "t.chat", scenario), "");
    const Script script =
        make_script(scenario, "t", {Role::kServer, *chat::find_profile("line"), 1, {}});
    const Transcript transcript = play(script, **cell, &command, bench.clock);
    return judge(script, chat::Level::kMust, transcript);
  }
};
INSTANTIATE_TEST_SUITE_P(Tiers, KernelFaultsTest, testing::every_tier(), testing::tier_name);

constexpr std::array kErrors{EMFILE, ENOENT, EACCES, EIO, ESRCH};

// Every error at every place, dealt out among the tiers: each of them has every place.
TEST_P(KernelFaultsTest, NoneIsHeldAgainstTheProgram) {
  constexpr std::array kAfter{0, 3, 20, 100};
  constexpr std::size_t kTiers = 3;
  std::map<Verdict, int> verdicts;
  std::size_t turn = 0;
  for (const KernelPlace place : kKernelPlaces) {
    for (const int error : kErrors) {
      const int after = kAfter[turn % kAfter.size()];
      if (turn++ % kTiers != static_cast<std::size_t>(GetParam())) continue;
      const Judgement judgement = play_with(GetParam(), place, error, after);
      ++verdicts[judgement.verdict];
      EXPECT_TRUE(judgement.verdict == Verdict::kPass || judgement.verdict == Verdict::kError)
          << "place " << static_cast<int>(place) << ", errno " << error << ", after " << after
          << ": " << to_string(judgement.verdict) << ": "
          << (judgement.failure ? judgement.failure->message : "") << "; "
          << (judgement.failure && judgement.failure->evidence
                  ? judgement.failure->evidence->sentence
                  : "");
    }
  }
  EXPECT_GT(verdicts[Verdict::kError], 3) << "the test lets nothing fail";
  EXPECT_GT(verdicts[Verdict::kPass], 3) << "the server is not correct";
}

}  // namespace
}  // namespace chatspec
