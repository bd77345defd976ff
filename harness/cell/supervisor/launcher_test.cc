// A launcher that answers late, or not at all. Without namespaces any program may stop it.

#include "harness/cell/supervisor/launcher.h"

#include <csignal>
#include <poll.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "harness/cell/kernel/process_table.h"
#include "harness/cell/output_pipe.h"
#include "harness/cell/supervisor/supervisor_link.h"

namespace chatspec {
namespace {

using ::testing::HasSubstr;

const SupervisorPlan kPlain{.user = geteuid(), .group = getegid(), .folder = "/"};

// The launcher, stopped: our only child.
pid_t stop_launcher() {
  const ProcessTable host = ProcessTable::of_host();
  pid_t launcher = 0;
  const auto processes = host.processes();
  for (const ProcessEntry& entry : processes.value()) {
    if (entry.parent == getpid()) launcher = entry.pid;
  }
  EXPECT_NE(launcher, 0);
  kill(launcher, SIGSTOP);
  siginfo_t stopped{};
  waitid(P_PID, static_cast<id_t>(launcher), &stopped, WSTOPPED | WNOWAIT);
  return launcher;
}

OutputPipe start_shell(SupervisorLink& link, const std::string& command) {
  auto output = make_pipe();
  auto errors = make_pipe();
  EXPECT_TRUE(link.start(
      {.program = "/bin/sh", .arguments = {"sh", "-c", command}, .folder = "/", .work_folder = "/"},
      {.output = std::move(output->write_end), .errors = std::move(errors->write_end)}));
  return OutputPipe(std::move(output->read_end));
}

void await_more(OutputPipe& pipe) {
  pollfd ready{.fd = pipe.fd(), .events = POLLIN, .revents = 0};
  poll(&ready, 1, -1);
  pipe.pull();
}

std::string output_of(SupervisorLink& link, const std::string& command) {
  OutputPipe pipe = start_shell(link, command);
  while (pipe.fd() >= 0) await_more(pipe);
  return pipe.output().bytes;
}

TEST(LauncherTest, ALateAnswerIsNotTakenForThatOfAnotherRequest) {
  const auto launcher = Launcher::fork().value();
  const FileDescriptor interrupt(eventfd(1, EFD_CLOEXEC));
  const pid_t pid = stop_launcher();
  const auto given_up = launcher->launch(kPlain, interrupt.get());
  ASSERT_FALSE(given_up);
  EXPECT_EQ(given_up.error().error, EINTR);
  kill(pid, SIGCONT);
  auto link = SupervisorLink::open(*launcher, kPlain).value();
  EXPECT_EQ(output_of(link, "echo $PPID"), std::to_string(link.pid()) + "\n");
}

TEST(LauncherTest, OneThatDidNotAnswerInTimeIsNotAskedAgain) {
  const auto launcher = Launcher::fork(1).value();
  const pid_t pid = stop_launcher();
  const auto unanswered = launcher->launch(kPlain);
  ASSERT_FALSE(unanswered);
  EXPECT_THAT(unanswered.error().what, HasSubstr("does not answer"));
  kill(pid, SIGCONT);
  const auto again = launcher->launch(kPlain);
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().what, HasSubstr("does not answer"));
}

TEST(LauncherTest, OneThatIsStoppedDoesNotHoldUpTheEnd) {
  auto launcher = Launcher::fork().value();
  const pid_t pid = stop_launcher();
  launcher.reset();
  EXPECT_EQ(kill(pid, 0), -1);
}

TEST(SupervisorLinkTest, TellsWhatBecameOfAStart) {
  const auto launcher = Launcher::fork().value();
  auto link = SupervisorLink::open(*launcher, kPlain).value();
  auto pipe = make_pipe();
  ASSERT_TRUE(link.start(
      {.program = "/no/such/program", .arguments = {"x"}, .folder = "/", .work_folder = "/"},
      {.output = std::move(pipe->write_end), .errors = FileDescriptor(dup(STDERR_FILENO))}));
  while (!link.start_outcome()) {
    pollfd news{.fd = link.fd(), .events = POLLIN, .revents = 0};
    poll(&news, 1, -1);
    link.take_news();
  }
  ASSERT_FALSE(*link.start_outcome());
  EXPECT_EQ(link.start_outcome()->error().what, kCannotRun);
  EXPECT_EQ(link.start_outcome()->error().error, ENOENT);
  EXPECT_FALSE(link.exit()) << "what did not become the program has no exit";
  EXPECT_TRUE(link.is_empty());
  EXPECT_EQ(output_of(link, "echo again"), "again\n");
}

TEST(SupervisorLinkTest, OneThatWasKilledIsLost) {
  const auto launcher = Launcher::fork().value();
  auto link = SupervisorLink::open(*launcher, kPlain).value();
  kill(link.pid(), SIGKILL);
  EXPECT_FALSE(link.socket(AF_INET, SOCK_STREAM, 0));
  EXPECT_TRUE(link.is_lost());
  EXPECT_FALSE(link.is_empty()) << "that is not known";
}

// The pipe comes to its end when the last who holds it has ended.
void expect_end_of_all(OutputPipe& pipe) {
  while (pipe.fd() >= 0) await_more(pipe);
  EXPECT_THAT(pipe.output().bytes, HasSubstr("here"));
}

constexpr auto* kFamily = "setsid sh -c 'sleep 1000 & echo here; sleep 1000' & sleep 1000";

TEST(SupervisorLinkTest, WhatItLeavesWhenItIsKilledIsEnded) {
  const auto launcher = Launcher::fork().value();
  auto link = SupervisorLink::open(*launcher, kPlain).value();
  auto other = SupervisorLink::open(*launcher, kPlain).value();
  OutputPipe pipe = start_shell(link, kFamily);
  while (pipe.output().bytes.empty()) await_more(pipe);
  EXPECT_FALSE(link.has_ended());
  kill(link.pid(), SIGKILL);
  expect_end_of_all(pipe);
  EXPECT_TRUE(link.has_ended());
  EXPECT_EQ(output_of(other, "echo unharmed"), "unharmed\n");
}

TEST(SupervisorLinkTest, WhatItLeavesWhenItIsStoppedEndsWithTheLauncher) {
  auto launcher = Launcher::fork().value();
  std::optional<SupervisorLink> link = SupervisorLink::open(*launcher, kPlain).value();
  OutputPipe pipe = start_shell(*link, kFamily);
  while (pipe.output().bytes.empty()) await_more(pipe);
  kill(link->pid(), SIGSTOP);
  // As where the harness is gone without a word.
  launcher.reset();
  expect_end_of_all(pipe);
}

}  // namespace
}  // namespace chatspec
