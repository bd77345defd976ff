#include "harness/cell/program/program_folder.h"

#include <fstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/process/cell_test_support.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using testing::Bench;
using ::testing::HasSubstr;

constexpr auto kOwnerAll = fs::perms::owner_all;
constexpr auto kOwnerReads = fs::perms::owner_read;

class ProgramFolderTest : public testing::InEveryTier {
 protected:
  void write(const std::string& name, const std::string& content, fs::perms mode) const {
    fs::create_directories((original() / name).parent_path());
    std::ofstream(original() / name) << content;
    fs::permissions(original() / name, mode);
  }
  // So large that it is not copied where that can be helped.
  void make_large() const {
    for (int i = 0; i < 150; ++i) write("many/" + std::to_string(i), "", kOwnerReads);
  }
  fs::path original() const { return original_.path(); }

  ProgramFolder copy() const {
    return ProgramFolder::copy_of(original(), fs::temp_directory_path(), {}).value();
  }
  // What a command writes that runs in a cell which has a copy.
  std::string outcome_of(Bench& bench, const std::vector<std::string>& command) const {
    const auto cell = bench.open(Role::kServer);
    if (!cell) return "no cell";
    const auto started = cell->start(command);
    EXPECT_TRUE(started) << (started ? "" : started.error().message);
    EXPECT_TRUE(cell->await_exit(ExitWait::kDue));
    cell->stop();
    return cell->output().bytes + cell->errors().bytes;
  }
  std::string shell(Bench& bench, const std::string& script) const {
    return outcome_of(bench, {"/bin/sh", "-c", script});
  }

 private:
  ScratchFolder original_ = ScratchFolder::make(fs::temp_directory_path()).value();
};
INSTANTIATE_TEST_SUITE_P(Tiers, ProgramFolderTest, testing::every_tier(), testing::tier_name);

TEST_P(ProgramFolderTest, IsWhereAProgramStartsAndReadsRelativeNames) {
  write("main.sh",
        "#!/bin/sh\n. ./lib/help.sh\npwd | sed 's|.*/||'; echo \"$PWD\" | sed 's|.*/||'\n",
        kOwnerAll);
  write("lib/help.sh", "echo helped\n", kOwnerReads);
  for (const bool large : {false, true}) {
    if (large) make_large();
    const ProgramFolder program = copy();
    Bench bench(GetParam());
    bench.plan.program = &program;
    EXPECT_EQ(outcome_of(bench, {"./main.sh"}), "helped\nprogram\nprogram\n");
    EXPECT_EQ(outcome_of(bench, {"sh", "main.sh"}), "helped\nprogram\nprogram\n");
  }
}

TEST_P(ProgramFolderTest, IsEachCellsOwnToWriteIn) {
  write("data/state", "as it was\n", kOwnerReads);
  write("data/gone", "x", kOwnerReads);
  for (const bool large : {false, true}) {
    if (large) make_large();
    const ProgramFolder program = copy();
    Bench bench(GetParam());
    bench.plan.program = &program;
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(shell(bench,
                      "cat data/state; ls data; echo changed >data/state && rm data/gone && "
                      "mkdir -p new/er && echo x >new/er/file && mv data moved && cat moved/state"),
                "as it was\ngone\nstate\nchanged\n");
    }
  }
  EXPECT_EQ(fs::file_size(original() / "data/state"), 10U);
  EXPECT_TRUE(fs::exists(original() / "data/gone"));
}

// Told by what the program's own list of mounts says of its folder.
TEST_P(ProgramFolderTest, IsNotCopiedWhereItIsLargeAndRootOwnsTheMachine) {
  const std::string systems = chat::content_of("/proc/filesystems");
  if (!has_network_of_its_own() || geteuid() != 0 || !systems.contains("\toverlay\n")) {
    GTEST_SKIP() << "there it may be copied";
  }
  make_large();
  const ProgramFolder program = copy();
  Bench bench(GetParam());
  bench.plan.program = &program;
  EXPECT_THAT(shell(bench, "grep \"$PWD \" /proc/self/mountinfo"), HasSubstr(" - overlay "));
  bench.plan.may_share = false;
  EXPECT_EQ(shell(bench, "grep \"$PWD \" /proc/self/mountinfo"), "");
}

TEST_P(ProgramFolderTest, LeavesTheCellsFilesWhereTheyAre) {
  write("keys.txt", "the program's own\n", kOwnerReads);
  const ProgramFolder program = copy();
  Bench bench(GetParam());
  bench.plan.program = &program;
  const auto cell = bench.open(Role::kServer);
  const std::string keys = cell->add_file("keys.txt", "the scenario's\n").value();
  EXPECT_TRUE(cell->start({"cat", keys, "keys.txt"}));
  EXPECT_TRUE(cell->await_exit(ExitWait::kDue));
  cell->stop();
  EXPECT_EQ(cell->output().bytes, "the scenario's\nthe program's own\n") << cell->errors().bytes;
}

TEST_P(ProgramFolderTest, CanBeSeenFromOutsideWhenTheProgramHasEnded) {
  write("source", "x\n", kOwnerReads);
  const ProgramFolder program = copy();
  Bench bench(GetParam());
  bench.plan.program = &program;
  bench.plan.may_share = false;
  const auto launcher = Launcher::fork().value();
  bench.plan.launcher = launcher.get();
  ProcessCellFactory cells({bench.interrupt, bench.clock, bench.patience}, bench.plan);
  const auto cell = cells.open_process_cell(Role::kServer, 0).value();
  EXPECT_TRUE(cell->start({"cp", "source", "built"}));
  EXPECT_TRUE(cell->await_exit(ExitWait::kDue));
  cell->stop();
  ProgramFolder built = copy();
  ASSERT_TRUE(built.replace_by(cell->open_work_folder().get()));
  EXPECT_TRUE(fs::exists(built.path() / "source"));
  EXPECT_EQ(fs::file_size(built.path() / "built"), 2U);
}

TEST(ProgramFolderCopy, HasNoSecrets) {
  const auto folder = ScratchFolder::make(fs::temp_directory_path()).value();
  std::ofstream(folder.path() / "log.jsonl") << "secret";
  std::ofstream(folder.path() / "server.py") << "x";
  const auto copy = ProgramFolder::copy_of(folder.path(), fs::temp_directory_path(),
                                           {folder.path() / "log.jsonl", "/no/such"});
  ASSERT_TRUE(copy) << copy.error();
  EXPECT_FALSE(fs::exists(copy->path() / "log.jsonl"));
  EXPECT_TRUE(fs::exists(copy->path() / "server.py"));
}

TEST(ProgramFolderCopy, SaysWhereThereIsNone) {
  const auto copy = ProgramFolder::copy_of("/no/such", fs::temp_directory_path(), {});
  ASSERT_FALSE(copy);
  EXPECT_EQ(copy.error(), "/no/such: there is no such folder");
  const auto file = ProgramFolder::copy_of("/dev/null", fs::temp_directory_path(), {});
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error(), HasSubstr("/dev/null: Not a directory"));
}

}  // namespace
}  // namespace chatspec
