#include "harness/grade/workers/worker_pool.h"

#include <algorithm>
#include <csignal>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

constexpr int kTrouble = 3;

class WorkerPoolTest : public ::testing::Test {
 protected:
  // Runs shells with these commands; what became of each, by its place.
  std::map<std::size_t, WorkerEnd> run(const std::vector<std::string>& commands,
                                       std::size_t jobs = 2,
                                       std::optional<TimePoint> last_start = {}) {
    std::vector<std::vector<std::string>> words;
    for (const std::string& command : commands) words.push_back({"sh", "-c", command});
    std::map<std::size_t, WorkerEnd> ends;
    run_workers(words, {.program = "/bin/sh", .jobs = jobs, .last_start = last_start}, kTrouble,
                interrupt_, clock_, [&](std::size_t index, const WorkerEnd& end) {
                  EXPECT_TRUE(ends.emplace(index, end).second) << "told twice";
                  if (interrupts_after_ && ends.size() >= *interrupts_after_) interrupt_.request();
                });
    return ends;
  }

  chat::TestFolder folder_;
  Interrupt interrupt_;
  SteadyClock clock_;
  std::optional<std::size_t> interrupts_after_{};
};

TEST_F(WorkerPoolTest, TellsHowEachEnded) {
  const auto ends = run({"exit 0", "echo no luck >&2; exit 4", "echo unseen; kill -KILL $$"});
  ASSERT_EQ(ends.size(), 3U);
  EXPECT_EQ(ends.at(0).status, 0);
  EXPECT_EQ(ends.at(1).status, 4);
  EXPECT_EQ(ends.at(1).errors, "no luck\n");
  EXPECT_EQ(ends.at(2).signal, SIGKILL);
  EXPECT_EQ(ends.at(2).errors, "");
}

TEST_F(WorkerPoolTest, RunsSoManyAtATime) {
  const std::string seen = folder_.at("seen");
  // Each waits until it sees another, but no more than two are there at a time.
  const std::string command = fmt::format(
      "mkdir {0}.$$; while [ $(ls -d {0}.* | wc -l) -lt 2 ] && [ ! -e {0} ]; do :; done; "
      "ls -d {0}.* | wc -l >> {0}; rmdir {0}.$$",
      seen);
  EXPECT_EQ(run({command, command, command, command}).size(), 4U);
  const std::string counts = chat::content_of(seen);
  EXPECT_TRUE(counts.contains("2\n")) << counts;
  EXPECT_FALSE(counts.contains('3') || counts.contains('4')) << counts;
}

TEST_F(WorkerPoolTest, TriesOnceMoreWhereTheTroubleIsOurs) {
  const auto command = [&](const std::string& name, const std::string& end) {
    return fmt::format("echo x >> {}; {}", folder_.at(name), end);
  };
  const auto ends =
      run({command("trouble", "exit 3"), command("killed", "kill -SEGV $$"),
           command("failed", "exit 1"),
           "[ -e " + folder_.at("once") + " ] || { touch " + folder_.at("once") + "; exit 3; }"});
  EXPECT_EQ(folder_.content("trouble"), "x\nx\n");
  EXPECT_EQ(folder_.content("killed"), "x\nx\n");
  EXPECT_EQ(folder_.content("failed"), "x\n");
  EXPECT_EQ(ends.at(0).status, kTrouble);
  EXPECT_EQ(ends.at(3).status, 0);
}

TEST_F(WorkerPoolTest, BeginsNothingAfterTheLastStart) {
  EXPECT_TRUE(run({"exit 0"}, 1, clock_.now()).empty());
}

TEST_F(WorkerPoolTest, EndsAtAnInterruptWhatever) {
  interrupts_after_ = 1;
  // One ends well, when the others are ready: one that ends when it is asked to, and one that must
  // be killed. The last never begins.
  const std::string wait = fmt::format("while [ ! -e {} ] || [ ! -e {} ]; do :; done",
                                       folder_.at("polite"), folder_.at("stubborn"));
  const auto busy_with = [&](const std::string& trap, const std::string& name) {
    return fmt::format("trap '{}' TERM; : > {}; while :; do :; done", trap, folder_.at(name));
  };
  const auto ends =
      run({wait, busy_with("exit 2", "polite"), busy_with("", "stubborn"), "exit 0"}, 3);
  ASSERT_EQ(ends.size(), 3U);
  EXPECT_EQ(ends.at(0).status, 0);
  EXPECT_EQ(ends.at(1).status, 2);
  EXPECT_EQ(ends.at(2).signal, SIGKILL);
}

TEST_F(WorkerPoolTest, KeepsOnlySoMuchOfWhatIsSaid) {
  const auto ends = run({"head -c 1000000 /dev/zero >&2"});
  EXPECT_EQ(ends.at(0).errors.size(), 16384U);
  EXPECT_EQ(ends.at(0).status, 0);
}

TEST_F(WorkerPoolTest, SaysThatItCannotBegin) {
  std::map<std::size_t, WorkerEnd> ends;
  run_workers({{"x"}}, {.program = folder_.at("nosuch")}, kTrouble, interrupt_, clock_,
              [&](std::size_t index, const WorkerEnd& end) { ends.emplace(index, end); });
  EXPECT_EQ(ends.at(0).status, 127);
}

}  // namespace
}  // namespace chatspec
