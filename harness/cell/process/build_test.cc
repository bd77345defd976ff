#include "harness/cell/process/build.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/process/cell_test_support.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using testing::Bench;
using std::chrono_literals::operator""ms;
using ::testing::HasSubstr;
using Outcome = BuildResult::Outcome;

class BuildTest : public testing::InEveryTier {
 protected:
  BuildResult run(const std::string& command) {
    const auto launcher = Launcher::fork().value();
    bench_.plan.launcher = launcher.get();
    ProcessCellFactory cells({bench_.interrupt, bench_.clock, bench_.patience},
                             make_build_plan(bench_.plan, folder_));
    return build(cells, command, folder_);
  }

  Bench bench_{GetParam()};
  static ScratchFolder make_original() {
    auto original = ScratchFolder::make(fs::temp_directory_path()).value();
    std::ofstream(original.path() / "server.in") << "#!/bin/sh\necho built\n";
    return original;
  }

  ScratchFolder original_ = make_original();
  ProgramFolder folder_ =
      ProgramFolder::copy_of(original_.path(), fs::temp_directory_path(), {}).value();
};
INSTANTIATE_TEST_SUITE_P(Tiers, BuildTest, testing::every_tier(), testing::tier_name);

TEST_P(BuildTest, LeavesWhatItHasBuiltToEveryCell) {
  const BuildResult result = run("mkdir -p out && cp server.in out/server && chmod 700 out/server");
  ASSERT_EQ(result.outcome, Outcome::kBuilt) << result.message << result.output;
  bench_.plan.program = &folder_;
  const auto cell = bench_.open(Role::kServer);
  ASSERT_TRUE(cell->start({"./out/server"}));
  EXPECT_TRUE(cell->await_exit(ExitWait::kDue));
  cell->stop();
  EXPECT_EQ(cell->output().bytes, "built\n") << cell->errors().bytes;
  EXPECT_FALSE(fs::exists(original_.path() / "out")) << "the original is nobody's to change";
}

TEST_P(BuildTest, ThatFailsSaysHowAndLeavesTheFolderAsItWas) {
  const BuildResult result = run("echo one; echo two >&2; touch x; sh -c 'echo three; exit 7'");
  EXPECT_EQ(result.outcome, Outcome::kFailed);
  EXPECT_EQ(result.message, "it ended with exit status 7");
  EXPECT_EQ(result.output, "one\ntwo\nthree\n");
  EXPECT_FALSE(fs::exists(folder_.path() / "x"));
}

TEST_P(BuildTest, ThatDoesNotEndIsToldAndEnded) {
  bench_.patience.answer = 50ms;
  const BuildResult result = run("echo begun; exec tail -f /dev/null");
  EXPECT_EQ(result.outcome, Outcome::kFailed);
  EXPECT_THAT(result.message, HasSubstr("it does not end ("));
  EXPECT_TRUE(result.timed_out);
}

TEST_P(BuildTest, ThatIsInterruptedHasNotFailed) {
  bench_.interrupt.request();
  EXPECT_EQ(run("exec tail -f /dev/null").outcome, Outcome::kInterrupted);
}

TEST_P(BuildTest, CannotLeaveWhatHurts) {
  const BuildResult result = run("mkfifo fifo; ln -s /etc/passwd link; ln -s server.in inner");
  ASSERT_EQ(result.outcome, Outcome::kBuilt) << result.message << result.output;
  EXPECT_EQ(folder_.contents().left_out_count, 2U);
  EXPECT_TRUE(fs::is_symlink(folder_.path() / "inner"));
  const BuildResult deep = run("for i in $(seq 70); do mkdir d && cd d; done");
  EXPECT_EQ(deep.outcome, Outcome::kFailed);
  EXPECT_EQ(deep.message, "what it leaves cannot be used: its folders lie more than 64 deep");
  EXPECT_FALSE(fs::exists(folder_.path() / "d"));
}

}  // namespace
}  // namespace chatspec
