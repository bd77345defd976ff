#include "harness/cell/kernel/core_file.h"

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "harness/cell/folders/scratch_folder.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

TEST(CoreFiles, ThePatternSaysWhetherTheyStayWhereTheProcessWorked) {
  for (const std::string_view here : {"core\n", "core", "core.%p", "%e.core\n"}) {
    EXPECT_TRUE(is_kept_where_it_works(here)) << here;
  }
  for (const std::string_view elsewhere :
       {"", "|/usr/share/apport/apport -p%p", "/var/crash/core.%p", "@/run/coredump.socket"}) {
    EXPECT_FALSE(is_kept_where_it_works(elsewhere)) << elsewhere;
  }
}

// A process that works in `folder` and is killed by `signal`.
void die_in(const std::filesystem::path& folder, int signal) {
  const pid_t pid = fork();
  if (pid == 0) {
    const rlimit limit{.rlim_cur = kCoreBytes, .rlim_max = kCoreBytes};
    setrlimit(RLIMIT_CORE, &limit);
    std::signal(signal, SIG_DFL);  // a sanitizer's own handler
    prctl(PR_SET_DUMPABLE, 1L, 0L, 0L, 0L);
    if (chdir(folder.c_str()) == 0) raise(signal);
    _exit(1);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
}

TEST(CoreFiles, TellWhatDiedOfWhichSignal) {
  if (const auto obstacle = find_obstacle_to_core_files()) GTEST_SKIP() << *obstacle;
  const auto folder = ScratchFolder::make(std::filesystem::temp_directory_path());
  ASSERT_TRUE(folder);
  EXPECT_TRUE(find_core_files(folder->descriptor()).value().empty());
  die_in(folder->path(), SIGFPE);
  const auto found = find_core_files(folder->descriptor()).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].signal, SIGFPE);
  EXPECT_EQ(found[0].program, std::string(program_invocation_short_name).substr(0, 15));
  EXPECT_GT(found[0].written, 0);
}

TEST(CoreFiles, WhatElseLiesThereIsNone) {
  const auto folder = ScratchFolder::make(std::filesystem::temp_directory_path());
  ASSERT_TRUE(folder);
  const auto in = [&](const char* name) { return (folder->path() / name).string(); };
  std::ofstream(in("core")) << "a file of that name";
  std::ofstream(in("short")) << "\x7f"
                                "ELF";
  std::filesystem::create_directory(in("core.d"));
  std::filesystem::create_symlink("/bin/sh", in("link"));
  ASSERT_EQ(mkfifo(in("pipe").c_str(), 0600), 0);
  EXPECT_TRUE(find_core_files(folder->descriptor()).value().empty());
}

TEST(CoreFiles, CutOrMadeUpBytesAreReadWithinTheirBounds) {
  if (const auto obstacle = find_obstacle_to_core_files()) GTEST_SKIP() << *obstacle;
  const auto folder = ScratchFolder::make(std::filesystem::temp_directory_path());
  ASSERT_TRUE(folder);
  die_in(folder->path(), SIGSEGV);
  std::string bytes;
  for (const auto& entry : std::filesystem::directory_iterator(folder->path())) {
    bytes = chat::content_of(entry.path());
  }
  ASSERT_TRUE(parse_core(bytes));
  constexpr std::size_t kHead = 8192;  // header, table and the notes of interest
  for (std::size_t size = 0; size < kHead; size += 7) {
    static_cast<void>(parse_core(std::string_view(bytes).substr(0, size)));
  }
  for (std::size_t at = 16; at < kHead && at < bytes.size(); ++at) {
    std::string wrong = bytes.substr(0, 2 * kHead);
    wrong[at] = static_cast<char>(~wrong[at]);
    static_cast<void>(parse_core(wrong));
  }
  EXPECT_FALSE(parse_core(""));
  EXPECT_FALSE(parse_core(bytes.substr(0, 64))) << "no table";
}

}  // namespace
}  // namespace chatspec
