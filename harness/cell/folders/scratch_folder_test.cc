#include "harness/cell/folders/scratch_folder.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <set>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::set<std::string> entries_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.insert(entry.path().filename().native());
  return names;
}

void write_private(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
  chmod(path.c_str(), 0600);
}

// Makes a scratch folder with something in it, in a process that is killed then.
void abandon_folder_in(const fs::path& place) {
  const pid_t child = fork();
  if (child == 0) {
    const auto folder = ScratchFolder::make(place);
    if (folder) fs::create_directories(folder->path() / "a/b");
    raise(SIGKILL);
  }
  waitpid(child, nullptr, 0);
}

TEST(ScratchFolder, LeavesNothing) {
  const chat::TestFolder place;
  {
    const auto folder = ScratchFolder::make(place.at(""));
    ASSERT_TRUE(folder) << folder.error();
    EXPECT_TRUE(fs::is_directory(folder->path()));
    fs::create_directories(folder->path() / "a/b");
  }
  EXPECT_THAT(entries_in(place.at("")), IsEmpty());
}

TEST(ScratchFolder, OfAProcessThatWasKilledIsRemovedByTheNext) {
  const chat::TestFolder place;
  abandon_folder_in(place.at(""));
  abandon_folder_in(place.at(""));
  EXPECT_THAT(entries_in(place.at("")), SizeIs(4)) << "two folders with their locks";
  const auto used = ScratchFolder::make(place.at(""));
  ASSERT_TRUE(used);
  remove_abandoned_folders(place.at(""));
  EXPECT_THAT(entries_in(place.at("")), SizeIs(2)) << "the one that is in use stays";
  EXPECT_TRUE(fs::is_directory(used->path()));
}

// What another process uses is known by its lock, which a copy of its descriptor keeps.
TEST(ScratchFolder, InUseElsewhereStays) {
  const chat::TestFolder place;
  int told[2];
  ASSERT_EQ(pipe(told), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto folder = ScratchFolder::make(place.at(""));
    if (::write(told[1], "1", 1) == 1) pause();
    _exit(0);
  }
  char one = 0;
  ASSERT_EQ(read(told[0], &one, 1), 1);
  remove_abandoned_folders(place.at(""));
  EXPECT_THAT(entries_in(place.at("")), SizeIs(2));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  remove_abandoned_folders(place.at(""));
  EXPECT_THAT(entries_in(place.at("")), IsEmpty());
  for (const int end : told) close(end);
}

// However much it looks like one of ours.
TEST(ScratchFolder, OfWhichItIsNotSureThatItIsOneStays) {
  const chat::TestFolder place;
  const fs::path folder = place.at("chatspec-abcdef");
  const fs::path lock = place.at(".chatspec-abcdef.lock");
  const auto line_of = [](const fs::path& path) {
    struct stat facts{};
    stat(path.c_str(), &facts);
    return fmt::format("scratch folder of chatspec, device {} inode {}\n", facts.st_dev,
                       facts.st_ino);
  };
  const auto remake = [&] {
    fs::remove_all(folder);
    fs::remove_all(lock);
    fs::create_directories(folder / "precious");
    remove_abandoned_folders(place.at(""));
    EXPECT_TRUE(fs::exists(folder / "precious")) << "no lock at all";
  };
  const auto expect_stays = [&](const char* why) {
    remove_abandoned_folders(place.at(""));
    EXPECT_TRUE(fs::exists(folder / "precious")) << why;
  };
  remake();
  write_private(lock, "");
  expect_stays("its lock names nothing");
  remake();
  write_private(lock, "something else\n");
  expect_stays("its lock is another's");
  remake();
  write_private(lock, line_of(place.at("")));
  expect_stays("its lock names another folder");
  remake();
  write_private(lock, line_of(folder));
  chmod(lock.c_str(), 0644);
  expect_stays("its lock has another mode");
  remake();
  write_private(place.at("elsewhere"), line_of(folder));
  fs::create_symlink("elsewhere", lock);
  expect_stays("its lock is a link");
  fs::remove(lock);
  fs::create_hard_link(place.at("elsewhere"), lock);
  expect_stays("its lock has another name besides");
  fs::remove(place.at("elsewhere"));
  fs::rename(folder, place.at("moved"));
  fs::create_symlink("moved", folder);
  expect_stays("it is a link");
  fs::remove(folder);
  fs::rename(place.at("moved"), folder);
  write_private(lock, line_of(folder));
  remove_abandoned_folders(place.at(""));
  EXPECT_FALSE(fs::exists(folder)) << "this one is surely ours";
}

TEST(ScratchFolder, ThatCannotBeMadeIsToldWithWhatHelps) {
  const auto made = ScratchFolder::make("/proc");
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error(), HasSubstr("cannot make a folder in /proc"));
  EXPECT_THAT(made.error(), HasSubstr("set TMPDIR to a folder in which you may make files"));
}

}  // namespace
}  // namespace chatspec
