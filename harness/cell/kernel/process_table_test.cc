// Against a /proc made of files, so that every state can be shown.

#include "harness/cell/kernel/process_table.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <string>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/kernel/look_bounds.h"
#include "harness/cell/kernel/threads.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

class FakeProc {
 public:
  FakeProc() : folder_(ScratchFolder::make(fs::temp_directory_path()).value()) {}

  void write(const std::string& path, const std::string& text) const {
    fs::create_directories((folder_.path() / path).parent_path());
    std::ofstream(folder_.path() / path, std::ios::binary) << text;
  }
  // A process with one thread.
  void add(int pid, int parent, const std::string& name, char state,
           const std::string& call) const {
    const std::string id = std::to_string(pid);
    write(id + "/stat", id + " (" + name + ") " + state + " " + std::to_string(parent) +
                            " 1 1 0 -1 4194304 100 0 0 0 7 5 0 0 20 0 1 0 4711 0 0\n");
    write(id + "/task/" + id + "/status",
          "Name:\t" + name + "\nState:\t" + state +
              " (some words)\nSigCgt:\t0000000000002000\nvoluntary_ctxt_switches:\t40\n"
              "nonvoluntary_ctxt_switches:\t2\n");
    write(id + "/task/" + id + "/syscall", call);
  }
  void make_folder(const std::string& path) const { fs::create_directories(folder_.path() / path); }
  void link(const std::string& path, const std::string& target) const {
    make_folder(fs::path(path).parent_path());
    fs::create_symlink(target, folder_.path() / path);
  }
  ProcessTable table() const {
    return ProcessTable(
        FileDescriptor(open(folder_.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
  }

 private:
  ScratchFolder folder_;
};

TEST(ProcessTableTest, ReadsAProcessWhateverItIsCalled) {
  const auto entry = parse_process_stat(
      "12 (a) R 1 (b) S 7 12 12 0 -1 4194304 100 0 0 0 30 12 5 3 20 0 1 0 4711 0 0\n");
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->pid, 12);
  EXPECT_EQ(entry->parent, 7);
  EXPECT_EQ(entry->state, 'S');
  EXPECT_EQ(entry->processor_ticks, 42U);
  EXPECT_EQ(entry->reaped_ticks, 8U);
  EXPECT_EQ(entry->start_time, 4711U);
}

TEST(ProcessTableTest, WhatIsNoProcessIsNothing) {
  for (const char* text : {"", "12", "12 (x)", "x (y) S 1", "12 (x) S", "12 (x) SS 1 2 3",
                           "12 (x) S y 1 1 0 -1 4194304 100 0 0 0 30 12 0 0 20 0 1 0 4711"}) {
    EXPECT_FALSE(parse_process_stat(text)) << text;
  }
}

TEST(ProcessTableTest, DescendantsAreFoundInWhateverOrderTheyStand) {
  const FakeProc proc;
  proc.add(10, 1, "supervisor", 'S', "");
  proc.add(7, 12, "grandchild", 'S', "");
  proc.add(12, 10, "child", 'S', "");
  proc.add(11, 1, "stranger", 'S', "");
  std::vector<pid_t> found;
  const auto descendants = proc.table().descendants(10);
  for (const ProcessEntry& entry : descendants.value()) found.push_back(entry.pid);
  EXPECT_THAT(found, ::testing::UnorderedElementsAre(7, 12));
}

TEST(ProcessTableTest, ACommandLineIsShownPrintableAndShort) {
  const FakeProc proc;
  proc.write("5/cmdline", std::string("sh\0-c\0\x1b[31mred\nline\xff\0", 21));
  proc.write("6/cmdline", std::string(500, 'x'));
  EXPECT_EQ(proc.table().command_line(5), "sh -c ?[31mred line?");
  EXPECT_EQ(proc.table().command_line(6).size(), 80U);
  EXPECT_EQ(proc.table().command_line(7), "(its command line cannot be seen)");
}

TEST(ProcessTableTest, OnlySocketsAreSockets) {
  EXPECT_EQ(parse_socket_link("socket:[123]"), ino_t{123});
  for (const char* link :
       {"pipe:[123]", "socket:[]", "socket:[12x]", "socket:[12", "/socket:[1]"}) {
    EXPECT_FALSE(parse_socket_link(link)) << link;
  }
}

TEST(ProcessTableTest, WhatAProcessRunsIsTheFileByWhateverPath) {
  const auto running = ProcessTable::of_host().executable(getpid());
  ASSERT_TRUE(running);
  EXPECT_EQ(*running, identify_file(std::filesystem::read_symlink("/proc/self/exe")));
  EXPECT_NE(*running, identify_file("/bin/sh"));
  EXPECT_FALSE(FakeProc().table().executable(5));
}

TEST(ThreadsTest, AThreadIsReadWithItsCallAndItsSwitches) {
  const FakeProc proc;
  proc.add(5, 1, "reader", 'S', "0 0x3 0x0 0x0 0x0 0x0 0x0 0x1 0x2\n");
  const auto threads = read_threads(proc.table(), {5});
  ASSERT_TRUE(threads) << threads.error().to_string();
  ASSERT_EQ(threads->size(), 1U);
  EXPECT_EQ(threads->front().switches, 42U);
  EXPECT_TRUE(threads->front().is_blocked());
}

TEST(ThreadsTest, WhoeverRunsOrIsAboutToIsNotBlocked) {
  for (const auto& [state, call, blocked] : {std::tuple{'R', "running\n", false},
                                             {'S', "running\n", false},
                                             {'S', "0 0x3\n", true},
                                             {'D', "0 0x3\n", true},
                                             {'T', "", true},
                                             {'t', "0 0x3\n", false}}) {
    EXPECT_EQ((ThreadView{.state = state, .call = call}.is_blocked()), blocked) << state << call;
  }
}

TEST(ThreadsTest, TheFirstThatIsNotBlockedIsTheLastThatIsRead) {
  const FakeProc proc;
  proc.add(5, 1, "waits", 'S', "0 0x3\n");
  proc.add(6, 1, "runs", 'R', "running\n");
  proc.add(7, 1, "waits", 'S', "0 0x3\n");
  const auto threads = read_threads(proc.table(), {5, 6, 7});
  ASSERT_TRUE(threads) << threads.error().to_string();
  ASSERT_EQ(threads->size(), 2U);
  EXPECT_TRUE(threads->front().is_blocked());
  EXPECT_FALSE(threads->back().is_blocked());
}

TEST(ThreadsTest, OrAllAreRead) {
  const FakeProc proc;
  proc.add(5, 1, "runs", 'R', "running\n");
  proc.add(6, 1, "waits", 'D', "59 0x3\n");
  const auto threads = read_threads(proc.table(), {5, 6}, Extent::kAll);
  ASSERT_TRUE(threads) << threads.error().to_string();
  ASSERT_EQ(threads->size(), 2U);
  EXPECT_FALSE(threads->front().is_blocked());
  EXPECT_TRUE(threads->back().is_blocked());
}

TEST(ThreadsTest, WhatHasEndedIsPassedOver) {
  const FakeProc proc;
  proc.add(5, 1, "zombie", 'Z', "");
  const auto threads = read_threads(proc.table(), {5, 6});
  ASSERT_TRUE(threads);
  EXPECT_THAT(*threads, IsEmpty());
}

// Of a process that says how many threads it has, the others are not looked for.
TEST(ThreadsTest, WhoIsAloneIsTheOnlyOne) {
  const FakeProc proc;
  proc.add(5, 1, "reader", 'S', "0 0x3\n");
  proc.write("5/task/6/status", "Name:\tx\nState:\tS (sleeping)\n");
  proc.write("5/task/6/syscall", "0 0x4\n");
  const auto count = [&](const char* threads) {
    proc.write("5/task/5/status",
               fmt::format("Name:\tx\nState:\tS (sleeping)\nThreads:\t{}\n", threads));
    return read_threads(proc.table(), {5}).value().size();
  };
  EXPECT_EQ(count("1"), 1U);
  EXPECT_EQ(count("2"), 2U);
  EXPECT_EQ(count("10"), 2U);
}

TEST(ThreadsTest, OfOneThatHasEndedTheOthersAreRead) {
  const FakeProc proc;
  proc.write("5/task/5/status", "Name:\tx\nState:\tZ (zombie)\nThreads:\t1\n");
  proc.write("5/task/5/syscall", "running\n");
  proc.write("5/task/6/status", "Name:\tx\nState:\tS (sleeping)\nThreads:\t2\n");
  proc.write("5/task/6/syscall", "0 0x4\n");
  const auto threads = read_threads(proc.table(), {5});
  ASSERT_TRUE(threads) << threads.error().to_string();
  ASSERT_EQ(threads->size(), 1U);
  EXPECT_EQ(threads->front().thread, 6);
}

TEST(ThreadsTest, AReaderReadsEachTimeWhatStandsThereThen) {
  const FakeProc proc;
  const ProcessTable table = proc.table();
  ThreadReader reader(table);
  proc.add(5, 1, "reader", 'S', "0 0x3\n");
  EXPECT_EQ(reader.read({5}, Extent::kAll)->front().call, "0 0x3\n");
  proc.add(5, 1, "reader", 'R', "running\n");
  EXPECT_EQ(reader.read({5}, Extent::kAll)->front().call, "running\n");
  proc.add(5, 1, "reader", 'S', "45 0x4\n");
  EXPECT_EQ(reader.read({5}, Extent::kAll)->front().call, "45 0x4\n");
}

// A process with one thread, and with no runtime of ours, which might make another.
class Sleeper {
 public:
  Sleeper() {
    std::string name = "sleep";
    std::string seconds = "600";
    std::array<char*, 3> arguments{name.data(), seconds.data(), nullptr};
    EXPECT_EQ(posix_spawn(&pid_, "/bin/sleep", nullptr, nullptr, arguments.data(), environ), 0);
  }
  ~Sleeper() {
    if (is_reaped_) return;
    end();
    reap();
  }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;

  pid_t pid() const { return pid_; }
  // Leaves a zombie.
  void end() const {
    kill(pid_, SIGKILL);
    siginfo_t ended{};
    waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOWAIT);
  }
  void reap() {
    waitpid(pid_, nullptr, 0);
    is_reaped_ = true;
  }

 private:
  pid_t pid_ = -1;
  bool is_reaped_ = false;
};

// What it keeps open of one that has ended shows nothing of whoever comes later.
TEST(ThreadsTest, AReaderSeesThatAThreadHasGone) {
  const ProcessTable table = ProcessTable::of_host();
  ThreadReader reader(table);
  Sleeper sleeper;
  for (int times = 0; times < 2; ++times) {
    const auto threads = reader.read({sleeper.pid()}, Extent::kAll);
    ASSERT_TRUE(threads) << threads.error().to_string();
    ASSERT_EQ(threads->size(), 1U);
    EXPECT_EQ(threads->front().thread, sleeper.pid());
  }
  sleeper.end();
  EXPECT_THAT(reader.read({sleeper.pid()}, Extent::kAll).value(), IsEmpty()) << "a zombie";
  sleeper.reap();
  EXPECT_THAT(reader.read({sleeper.pid()}, Extent::kAll).value(), IsEmpty()) << "gone";
}

// However many there are, few files stay open.
TEST(ThreadsTest, AReaderKeepsFilesOfAFew) {
  const FakeProc proc;
  const auto count_open = [] {
    return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
  };
  std::vector<pid_t> pids;
  for (int pid = 5; pid < 105; ++pid) {
    proc.add(pid, 1, "waits", 'S', "0 0x3\n");
    pids.push_back(pid);
  }
  const ProcessTable table = proc.table();
  const auto before = count_open();
  ThreadReader reader(table);
  for (int times = 0; times < 3; ++times) EXPECT_EQ(reader.read(pids, Extent::kAll)->size(), 100U);
  EXPECT_LE(count_open() - before, 16);
}

TEST(ThreadsTest, WhereCallsAreNotShownThatIsSaid) {
  const FakeProc proc;
  proc.add(5, 1, "reader", 'S', "");
  EXPECT_EQ(read_threads(proc.table(), {5}).error().to_string(),
            "the kernel does not show its system calls to this user");
}

TEST(ThreadsTest, WhoIgnoresCatchesOrBlocksASignalWithstandsIt) {
  const FakeProc proc;
  for (const auto& [pid, set] : {std::pair{5, "SigIgn"}, {6, "SigCgt"}, {7, "SigBlk"}}) {
    proc.write(std::to_string(pid) + "/status",
               std::string("Name:\tx\n") + set + ":\t0000000000004000\n");
    EXPECT_TRUE(survives_signal(proc.table(), pid, SIGTERM)) << set;
    EXPECT_FALSE(survives_signal(proc.table(), pid, SIGHUP)) << set;
  }
  EXPECT_FALSE(survives_signal(proc.table(), 8, SIGTERM));
}

TEST(ThreadsTest, TheThreadThatWaitedLongestForAProcessorIsStarvedUnlessTheOthersHadIt) {
  using std::chrono::milliseconds;
  const FakeProc proc;
  proc.write("5/task/5/schedstat", "1000000 9000000 3\n");
  proc.write("5/task/6/schedstat", "2000000 7000000 3\n");
  proc.write("7/task/7/schedstat", "4000000 1000000 3\n");
  EXPECT_EQ(find_starvation(proc.table(), {5}).value(), milliseconds(9 - 2));
  EXPECT_EQ(find_starvation(proc.table(), {5, 7}).value(), milliseconds(9 - 2 - 4));
  EXPECT_EQ(find_starvation(proc.table(), {7}).value(), milliseconds(1));
  EXPECT_EQ(find_starvation(proc.table(), {9}).value(), milliseconds(0));
  proc.write("8/task/8/schedstat", "50000000 1000000 3\n");
  EXPECT_EQ(find_starvation(proc.table(), {5, 7, 8}).value(), milliseconds(0)) << "their own doing";
}

// Whoever makes very much of something does not hold us up with it.
TEST(ProcessTableTest, NoMoreIsLookedAtThanABound) {
  const FakeProc proc;
  proc.add(5, 1, "many", 'S', "0 0x3");
  for (const int fd : {0, 1, 2}) proc.link(fmt::format("5/fd/{}", fd), "socket:[7]");
  EXPECT_EQ(proc.table().open_descriptors(5, 3)->size(), 3U);
  const auto descriptors = proc.table().open_descriptors(5, 2);
  ASSERT_FALSE(descriptors);
  EXPECT_TRUE(descriptors.error().is_too_much);
  EXPECT_EQ(descriptors.error().to_string(),
            "its descriptors are more than 16384, which is more than is looked at");

  proc.write("5/maps", std::string(kMostProcBytes, 'x'));
  EXPECT_EQ(proc.table().read("5/maps")->size(), kMostProcBytes);
  proc.write("5/maps", std::string(kMostProcBytes + 1, 'x'));
  EXPECT_TRUE(proc.table().read("5/maps").error().is_too_much);

  for (std::size_t tid = 100; tid < 100 + kMostThreads; ++tid)
    proc.make_folder(fmt::format("5/task/{}", tid));
  EXPECT_TRUE(read_threads(proc.table(), {5}).error().is_too_much);
  EXPECT_TRUE(find_starvation(proc.table(), {5}).error().is_too_much);
}

}  // namespace
}  // namespace chatspec
