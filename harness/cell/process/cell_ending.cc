#include "harness/cell/process/cell_ending.h"

#include <algorithm>
#include <csignal>
#include <vector>

#include <fmt/format.h>

#include "harness/cell/kernel/threads.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;

// How long the others of a cell may live on when the first process has ended, before they count as
// left over; and how long all may take to end when asked. Where it is seen that nobody moves, no
// time passes.
constexpr auto kLeavingGrace = 2s;
constexpr auto kTermGrace = 2s;

// What stays when the first process has ended, after time enough to follow it.
std::string find_left_over(const CellProcesses& processes, WaitLoop& loop, TimePoint until) {
  const auto result = loop.wait_for(
      {.nothing = "the others did not end", .patience = kLeavingGrace, .until = until},
      [&] { return processes.nobody_left(); });
  const std::vector<pid_t> left = processes.list().value_or(std::vector<pid_t>{});
  if (result.how != WaitResult::How::kQuiet || left.empty()) return {};
  return fmt::format("Left running when its first process had ended: {}.",
                     processes.names_of(left));
}

// Twice, where a process came up only after the first time.
std::string ask_to_end(CellProcesses& processes, WaitLoop& loop, TimePoint until) {
  std::vector<pid_t> asked;
  std::vector<pid_t> left = processes.list().value_or(asked);
  WaitResult result;
  for (int i = 0; i < 2 && (i == 0 || left != asked) && !processes.nobody_left(); ++i) {
    asked = left;
    processes.supervisor().signal_all(SIGTERM);
    processes.supervisor().signal_all(SIGCONT);
    result =
        loop.wait_for({.nothing = "SIGTERM did not end it", .patience = kTermGrace, .until = until},
                      [&] { return processes.nobody_left(); });
    left = processes.list().value_or(asked);
  }
  // One that has only been slow to die says nothing of itself.
  std::erase_if(left, [&](pid_t pid) { return !survives_signal(processes.table(), pid, SIGTERM); });
  if (result.how != WaitResult::How::kQuiet || left.empty()) return {};
  return fmt::format("Killed, because SIGTERM did not end it: {}.", processes.names_of(left));
}

}  // namespace

std::string end_processes(CellProcesses& processes, WaitLoop& loop,
                          const std::function<void()>& before_asking) {
  const TimePoint until = loop.clock().now() + kEndingLimit;
  std::string found;
  const auto add = [&](const std::string& sentence) {
    if (!found.empty() && !sentence.empty()) found += ' ';
    found += sentence;
  };
  const bool first_has_ended = !processes.is_running();
  if (first_has_ended && !processes.nobody_left()) add(find_left_over(processes, loop, until));
  before_asking();
  if (!processes.nobody_left()) {
    loop.pump().errors().mark_end();
    add(ask_to_end(processes, loop, until));
  }
  if (!processes.nobody_left()) {
    if (const auto ended = processes.supervisor().end_all(); !ended) add(ended.error() + ".");
  }
  processes.supervisor().take_news();
  loop.pump().output().finish();
  loop.pump().errors().finish();
  return found;
}

}  // namespace chatspec
