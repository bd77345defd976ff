// Cells of a process that was started with rights and limits of somebody's choice: its umask, its
// limits, and the files that it alone may read.

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "harness/cell/isolation/inherited_limits.h"
#include "harness/cell/process/cell_test_support.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using testing::Bench;
using ::testing::HasSubstr;
using testing::python;

class InheritedTest : public testing::InEveryTier {};
INSTANTIATE_TEST_SUITE_P(Tiers, InheritedTest, testing::every_tier(), testing::tier_name);

class SandboxReadingTest : public testing::InEveryTier {};
INSTANTIATE_TEST_SUITE_P(Tiers, SandboxReadingTest, ::testing::Values(Isolation::kSandbox),
                         testing::tier_name);

// Takes a soft limit down as long as it lives.
class Narrowed {
 public:
  Narrowed(__rlimit_resource resource, rlim_t value) : resource_(resource) {
    getrlimit(resource_, &before_);
    const rlimit narrow{.rlim_cur = value, .rlim_max = before_.rlim_max};
    EXPECT_EQ(setrlimit(resource_, &narrow), 0);
  }
  ~Narrowed() { setrlimit(resource_, &before_); }
  Narrowed(const Narrowed&) = delete;
  Narrowed& operator=(const Narrowed&) = delete;

 private:
  __rlimit_resource resource_;
  rlimit before_{};
};

// What a command writes until it ends.
std::string output_of(Cell& cell, const std::vector<std::string>& command) {
  const auto started = cell.start(command);
  EXPECT_TRUE(started) << (started ? "" : started.error().message);
  EXPECT_EQ(cell.await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 0}));
  cell.stop();
  return cell.output().bytes + cell.errors().bytes;
}

TEST_P(InheritedTest, AProgramReadsTheFilesOfItsCellUnderAnyUmask) {
  for (const mode_t mask : {0022U, 0027U, 0077U}) {
    const mode_t before = umask(mask);
    Bench bench(GetParam());
    const auto cell = bench.open(Role::kServer);
    const auto path = cell->add_file("keys.txt", "the key\n");
    umask(before);
    ASSERT_TRUE(path);
    EXPECT_EQ(output_of(*cell, {"/bin/cat", *path}), "the key\n") << mask;
  }
}

// As AddressSanitizer does with its shadow, and Go and Java with their heaps.
TEST_P(InheritedTest, AProgramMayReserveFarMoreMemoryThanItMayUse) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  const std::string reserve =
      "import mmap\n"
      "kNoReserve = 0x4000\n"
      "flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | kNoReserve\n"
      "shadow = mmap.mmap(-1, 1 << 44, flags=flags)\n"
      "shadow[:1] = shadow[-1:] = b'x'\n"
      "print('reserved')\n";
  EXPECT_EQ(output_of(*cell, python(*cell, reserve)), "reserved\n");
}

TEST_P(SandboxReadingTest, AProgramThatUsesMoreMemoryThanItMayIsKilled) {
  Bench bench(GetParam());
  bench.plan.policy.limits.memory_bytes = 64 << 20;
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell, "eaten = b'x' * (256 << 20)\nsignal.pause()\n")));
  EXPECT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = true, .value = SIGKILL}));
  EXPECT_THAT(cell->stop(), HasSubstr("together used more than 64 MiB of memory"));
}

// In a process of its own, because a hard limit never comes back.
TEST_P(SandboxReadingTest, OfTwoLimitsTheNarrowerHolds) {
  Bench bench(GetParam());
  const auto in_narrow_process = [&] {
    const rlimit narrow{.rlim_cur = 100, .rlim_max = 100};
    setrlimit(RLIMIT_NOFILE, &narrow);
    const auto cell = bench.open(Role::kServer);
    std::cerr << output_of(*cell, {"/bin/sh", "-c", "ulimit -n; ulimit -d"});
    std::exit(::testing::Test::HasFailure() ? 1 : 0);
  };
  EXPECT_EXIT(in_narrow_process(), ::testing::ExitedWithCode(0), "100\nunlimited\n");
}

TEST_P(SandboxReadingTest, WhatItsUserMayNotReadIsFoundBeforeAnythingIsPlayed) {
  const auto folder = ScratchFolder::make(fs::temp_directory_path()).value();
  fs::permissions(folder.path(), fs::perms::owner_all);
  const fs::path file = folder.path() / "server.py";
  std::ofstream(file) << "print('hello')\n";
  SandboxPolicy policy = make_sandbox_policy({});
  allow_command(policy, {"/usr/bin/python3", file});
  const auto launcher = Launcher::fork().value();
  const auto look = [&](fs::perms mode) {
    fs::permissions(file, mode);
    const CellPlan plan{.isolation = Isolation::kSandbox,
                        .policy = policy,
                        .temporary = fs::temp_directory_path(),
                        .launcher = launcher.get()};
    const auto obstacle = find_obstacle_to_reading(plan);
    EXPECT_EQ(is_without_obstacle(plan), !obstacle);
    return obstacle;
  };
  EXPECT_FALSE(look(fs::perms{0644}));
  const bool root = geteuid() == 0;
  const auto closed = look(root ? fs::perms{0600} : fs::perms{0000});
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->what, "the sandbox's user may not read " + file.native());
  EXPECT_THAT(closed->remedy, HasSubstr((root ? "chmod o+r " : "chmod u+r ") + file.native()));
  EXPECT_FALSE(look(fs::perms{0711})) << "what can be run need not be read";
}

TEST(InheritedLimits, ThatAreTooNarrowForSomeProgramsAreTold) {
  const auto told = [] {
    std::string all;
    for (const Obstacle& one : find_narrow_limits()) all += one.what + " (" + one.remedy + ")\n";
    return all;
  };
  EXPECT_EQ(told(), "");
  const Narrowed files(RLIMIT_NOFILE, 32);
  const Narrowed stack(RLIMIT_STACK, 512 << 10);
  EXPECT_EQ(told(),
            "programs have no more than 512 KiB of stack, too little for programs of many kinds "
            "(start chatspec from a shell with a wider ulimit -s)\n"
            "programs have no more than 32 open files, too little for programs of many kinds "
            "(start chatspec from a shell with a wider ulimit -n)\n");
}

TEST(InheritedLimits, OfTheStackAreWidenedWhereThatIsAllowed) {
  const Narrowed stack(RLIMIT_STACK, 512 << 10);
  EXPECT_TRUE(widen_stack());
  rlimit now{};
  getrlimit(RLIMIT_STACK, &now);
  EXPECT_EQ(now.rlim_cur, 8U << 20);
}

TEST(ProcTable, TellsTheProcOfAnotherNamespace) {
  EXPECT_TRUE(ProcessTable::of_host().shows_own_namespace());
  const auto empty = ScratchFolder::make(fs::temp_directory_path()).value();
  const ProcessTable none(FileDescriptor(open(empty.path().c_str(), O_RDONLY | O_DIRECTORY)));
  EXPECT_FALSE(none.shows_own_namespace());
  fs::create_symlink("1", empty.path() / "self");  // as another namespace's shows somebody
  EXPECT_FALSE(none.shows_own_namespace());
}

}  // namespace
}  // namespace chatspec
