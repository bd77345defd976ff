#include "harness/cell/folders/tree_copy.h"

#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "harness/cell/folders/scratch_folder.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class TreeCopy : public ::testing::Test {
 protected:
  std::expected<CopiedTree, std::string> copy(const TreeLimits& limits = {}) {
    return copy_tree(from_.descriptor(), to_.descriptor(), limits, unwanted_);
  }
  fs::path source(const std::string& name) const { return from_.path() / name; }
  fs::path target(const std::string& name) const { return to_.path() / name; }
  fs::path write(const std::string& name, const std::string& content) const {
    fs::create_directories(source(name).parent_path());
    std::ofstream(source(name)) << content;
    return source(name);
  }
  std::string read(const std::string& name) const { return chat::content_of(target(name)); }

  ScratchFolder from_ = ScratchFolder::make(fs::temp_directory_path()).value();
  ScratchFolder to_ = ScratchFolder::make(fs::temp_directory_path()).value();
  std::vector<FileIdentity> unwanted_;
};

struct stat status_of(const fs::path& path) {
  struct stat status{};
  lstat(path.c_str(), &status);
  return status;
}

TEST_F(TreeCopy, HoldsWhatTheFolderHolds) {
  write("server.py", "import chat\n");
  write("chat/__init__.py", "");
  write("a/b/c/with\nodd \xff name", std::string("\0x", 2));
  fs::create_symlink("../server.py", source("chat/server.py"));
  const auto copied = copy();
  ASSERT_TRUE(copied) << copied.error();
  EXPECT_EQ(copied->entries, 8U);
  EXPECT_EQ(copied->bytes, 14U);
  EXPECT_EQ(copied->left_out_count, 0U);
  EXPECT_EQ(read("server.py"), "import chat\n");
  EXPECT_EQ(read("a/b/c/with\nodd \xff name"), std::string("\0x", 2));
  EXPECT_EQ(fs::read_symlink(target("chat/server.py")), "../server.py");
}

// Whoever it is copied for, and whatever mask this process has.
TEST_F(TreeCopy, IsForEverybodyToReadAndWriteAndLendsNobodysIdentity) {
  chmod(write("data", "x").c_str(), 0400);
  chmod(write("program", "x").c_str(), 04711);
  fs::create_directory(source("folder"));
  chmod(source("folder").c_str(), 0500);
  const mode_t mask = umask(0077);
  const auto copied = copy();
  umask(mask);
  ASSERT_TRUE(copied) << copied.error();
  EXPECT_EQ(status_of(target("data")).st_mode, S_IFREG | 0666U);
  EXPECT_EQ(status_of(target("program")).st_mode, S_IFREG | 0777U);
  EXPECT_EQ(status_of(target("folder")).st_mode, S_IFDIR | 0777U);
}

TEST_F(TreeCopy, KeepsTheTimesThatMakeGoesBy) {
  const timespec times[] = {{.tv_sec = 1, .tv_nsec = 0}, {.tv_sec = 1'000'000, .tv_nsec = 5}};
  utimensat(AT_FDCWD, write("old", "x").c_str(), times, 0);
  ASSERT_TRUE(copy());
  EXPECT_EQ(status_of(target("old")).st_mtim.tv_sec, 1'000'000);
  EXPECT_EQ(status_of(target("old")).st_mtim.tv_nsec, 5);
}

TEST_F(TreeCopy, IsNotTheOriginal) {
  fs::create_hard_link(write("one", "same\n"), source("two"));
  ASSERT_TRUE(copy());
  std::ofstream(target("one")) << "changed\n";
  EXPECT_EQ(read("two"), "same\n");
  EXPECT_EQ(status_of(source("one")).st_size, 5);
}

TEST_F(TreeCopy, LeavesOutWhatIsNoFileAndTellsIt) {
  mkfifo(source("fifo").c_str(), 0600);
  fs::create_symlink("/etc/passwd", source("link"));
  const auto copied = copy();
  ASSERT_TRUE(copied) << copied.error();
  EXPECT_EQ(copied->left_out_count, 2U);
  for (const LeftOut& one : copied->left_out) {
    EXPECT_THAT(one.why, HasSubstr(one.path == "fifo" ? "a FIFO" : "out of the folder, to /etc"));
    EXPECT_FALSE(fs::exists(fs::symlink_status(target(one.path))));
  }
  EXPECT_EQ(copied->left_out.size(), 2U);
}

TEST_F(TreeCopy, TellsOfAFewWhereManyAreLeftOut) {
  for (int i = 0; i < 100; ++i) mkfifo(source(std::to_string(i)).c_str(), 0600);
  const auto copied = copy();
  ASSERT_TRUE(copied) << copied.error();
  EXPECT_EQ(copied->left_out_count, 100U);
  EXPECT_LT(copied->left_out.size(), 10U);
}

TEST_F(TreeCopy, HasLimits) {
  write("a/b/small", "12345678");
  const TreeLimits just_enough{.bytes = 8, .entries = 3, .depth = 2};
  ASSERT_TRUE(copy(just_enough));
  for (const auto& [limits, said] :
       {std::pair(TreeLimits{.bytes = 7, .entries = 3, .depth = 2}, "more than 0 MiB"),
        std::pair(TreeLimits{.bytes = 8, .entries = 2, .depth = 2}, "more than 2 files"),
        std::pair(TreeLimits{.bytes = 8, .entries = 3, .depth = 1}, "more than 1 deep")}) {
    const auto other = ScratchFolder::make(fs::temp_directory_path()).value();
    const auto copied = copy_tree(from_.descriptor(), other.descriptor(), limits);
    ASSERT_FALSE(copied);
    EXPECT_THAT(copied.error(), HasSubstr(said));
  }
}

// A file of which nothing is on the disk.
TEST_F(TreeCopy, CountsAHugeEmptyFileByItsSize) {
  fs::resize_file(write("huge", ""), std::uintmax_t{1} << 40);
  const auto copied = copy({.bytes = 1 << 20});
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error(), "it holds more than 1 MiB");
}

TEST_F(TreeCopy, LeavesOutWhatIsNotWantedAndItself) {
  write("log", "secret");
  write("inner/file", "x");
  unwanted_.push_back({status_of(source("log")).st_dev, status_of(source("log")).st_ino});
  fs::create_directory(source("copy"));
  const FileDescriptor inside(open(source("copy").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const auto copied = copy_tree(from_.descriptor(), inside.get(), {}, unwanted_);
  ASSERT_TRUE(copied) << copied.error();
  EXPECT_TRUE(fs::exists(source("copy/inner/file")));
  EXPECT_FALSE(fs::exists(source("copy/log")));
  EXPECT_FALSE(fs::exists(source("copy/copy")));
}

TEST_F(TreeCopy, SaysWhatItCannotRead) {
  if (geteuid() == 0) GTEST_SKIP() << "root can read all";
  chmod(write("sub/closed", "x").c_str(), 0);
  const auto copied = copy();
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error(), "sub/closed: cannot read it: Permission denied");
}

TEST(LeadsOut, IsJudgedWithoutFollowingAnything) {
  struct Row {
    std::string target;
    int depth;
    bool out;
  };
  for (const Row& row : {
           Row{"x", 0, false},
           Row{"x/y", 0, false},
           Row{"./x", 0, false},
           Row{"..", 0, true},
           Row{"..", 1, false},
           Row{"../x", 1, false},
           Row{".././../x", 1, true},
           Row{"x/../y", 5, true},
           Row{"x/../../y", 0, true},
           Row{"/", 0, true},
           Row{"/usr", 0, false},
           Row{"/usr/bin/python3", 0, false},
           Row{"/usr/../home/somebody", 0, true},
           Row{"/users", 0, true},
           Row{"/home/somebody/x", 3, true},
           Row{"/proc/self/environ", 0, true},
           Row{"/etc/passwd", 0, true},
           Row{"//usr/bin", 0, false},
       }) {
    EXPECT_EQ(leads_out(row.target, row.depth), row.out) << row.target;
  }
}

}  // namespace
}  // namespace chatspec
