// For each means by which the kernel wakes a process: whoever sleeps by it is never proven to be
// silent for ever; whoever has it beside a hang is, where it is understood.

#include "harness/cell/kernel/wake_source.h"

#include <fcntl.h>
#include <filesystem>
#include <spawn.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/output_pipe.h"
#include "harness/cell/process/cell_test_support.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::Bench;
using ::testing::HasSubstr;

constexpr auto* kProgram = CHATSPEC_TEST_DIR "/wake_program";
constexpr ExitStatus kUnavailable{.by_signal = false, .value = 77};

class WakeSourceTest : public testing::InEveryTier {
 protected:
  WakeSourceTest() { fs::permissions(folder_.path(), fs::perms{0777}); }

  // A server by one of the means that has been asked. In a tier that hides it, it sees nothing but
  // itself, and has its files in its own folder.
  std::unique_ptr<Cell> ask(Bench& bench, std::vector<std::string> words) {
    bench.plan.policy.readable.emplace_back(kProgram);
    auto cell = bench.open(Role::kServer);
    const std::string place =
        has_network_of_its_own() ? cell->folder().native() : folder_.path().native();
    words.insert(words.begin(), kProgram);
    words.insert(words.begin() + 3, {std::to_string(cell->port()), place});
    const auto started = cell->start(words);
    EXPECT_TRUE(started) << (started ? "" : started.error().message);
    EXPECT_TRUE(cell->await_listening());
    EXPECT_EQ(cell->connect(), 1);
    EXPECT_FALSE(cell->send(1, "?"));
    return cell;
  }

  const ScratchFolder folder_ = ScratchFolder::make(fs::temp_directory_path()).value();
};
INSTANTIATE_TEST_SUITE_P(Tiers, WakeSourceTest, testing::every_tier(), testing::tier_name);

// The one outside of the cell who wakes, some time after it was told to go.
class Outsider {
 public:
  Outsider(const std::string& means, const std::string& folder) {
    int in[2];
    int out[2];
    EXPECT_EQ(pipe2(in, O_CLOEXEC), 0);
    EXPECT_EQ(pipe2(out, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    std::string words[] = {kProgram, "poke", means, folder};
    char* argv[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
    EXPECT_EQ(posix_spawn(&pid_, kProgram, &actions, nullptr, argv, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    go_ = FileDescriptor(in[1]);
    const FileDescriptor ready(out[0]);
    char byte = 0;
    EXPECT_GE(read(ready.get(), &byte, 1), 0);
  }
  ~Outsider() {
    go();
    waitpid(pid_, nullptr, 0);
  }
  Outsider(const Outsider&) = delete;
  Outsider& operator=(const Outsider&) = delete;
  // A byte, not the end: processes that were forked meanwhile have the pipe, too.
  void go() {
    if (go_ && write(go_.get(), "!", 1) == 1) go_.reset();
  }

 private:
  FileDescriptor go_;
  pid_t pid_ = 0;
};

bool needs_somebody(std::string_view means) {
  constexpr std::array<std::string_view, 15> kNeed{
      "socket",       "inotify",       "fanotify",         "fifo",           "fifo-open",
      "shared-futex", "message-queue", "sysv-message",     "sysv-semaphore", "file-lock",
      "record-lock",  "signal-io",     "directory-notify", "lease",          "queue-notify"};
  return std::ranges::find(kNeed, means) != kNeed.end();
}

TEST_P(WakeSourceTest, WhoeverSleepsByItIsWaitedFor) {
  for (const WakeSource& source : kWakeSources) {
    SCOPED_TRACE(source.name);
    Bench bench(GetParam());
    bench.patience.answer = 20s;
    const std::string means(source.name);
    const bool outside = needs_somebody(means) && !has_network_of_its_own();
    std::optional<Outsider> outsider;
    if (outside) outsider.emplace(means, folder_.path());
    const auto cell = ask(bench, {"sleep", means, outside ? "outside" : "self"});
    if (outside) {
      cell->await_taken(1);
      outsider->go();
    }
    const StreamEvent event = cell->await(1, false);
    const bool answered = event.kind == StreamEvent::Kind::kBytes && event.bytes == "y";
    const auto exit = answered || event.kind == StreamEvent::Kind::kQuiet
                          ? std::nullopt
                          : std::optional(cell->await_exit(ExitWait::kDue).value_or(ExitStatus{}));
    if (exit == kUnavailable) {
      std::cout << "  " << means << " is not offered here: " << cell->errors().bytes;
      continue;
    }
    EXPECT_TRUE(answered) << to_string(event.grade) << ": " << event.bytes << "; "
                          << cell->errors().bytes;
  }
}

TEST_P(WakeSourceTest, AHangBesideItIsProvenWhereItIsUnderstood) {
  for (const WakeSource& source : kWakeSources) {
    if (source.seen_by != WakeSign::kDescriptor && source.seen_by != WakeSign::kMapping) continue;
    SCOPED_TRACE(source.name);
    const bool understood = source.proof != WakeProof::kNone;
    Bench bench(GetParam());
    bench.patience.answer = understood ? 100s : 200ms;
    const auto cell = ask(bench, {"have", std::string(source.name)});
    const StreamEvent event = cell->await(1, false);
    if (event.kind != StreamEvent::Kind::kQuiet) {
      EXPECT_EQ(cell->await_exit(ExitWait::kDue), kUnavailable) << cell->errors().bytes;
      std::cout << "  " << source.name << " is not offered here: " << cell->errors().bytes;
      continue;
    }
    EXPECT_EQ(event.grade, understood ? QuietGrade::kProven : QuietGrade::kDeadline) << event.bytes;
    if (!understood) {
      EXPECT_THAT(event.bytes, HasSubstr(fmt::format("but may be woken by its {}", source.name)));
    }
  }
}

TEST(WakeSourceTableTest, WhatNoEntryKnowsProvesNothing) {
  EXPECT_EQ(proof_of_descriptor("pipe:[12]"), WakeProof::kByPeer);
  EXPECT_EQ(proof_of_descriptor("anon_inode:[eventfd]"), WakeProof::kByCell);
  EXPECT_EQ(proof_of_descriptor("anon_inode:[something-new]"), WakeProof::kNone);
  EXPECT_EQ(proof_of_descriptor("pidfd:[12]"), WakeProof::kNoneWhereAwaited);
  EXPECT_EQ(proof_of_descriptor(""), WakeProof::kNoneWhereAwaited);
}

}  // namespace
}  // namespace chatspec
