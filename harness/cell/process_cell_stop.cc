// How a process cell ends: what is left is asked, then killed, and what had to be killed is told.

#include <algorithm>
#include <csignal>
#include <utility>

#include <fmt/format.h>

#include "harness/cell/kernel/threads.h"
#include "harness/cell/process_cell.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxNamed = 3;
// How long the others of a cell may live on when the first process has ended, before they count as
// left over; and how long all may take to end when asked. Where it is seen that nobody moves, no
// time passes.
constexpr auto kLeavingGrace = 2s;
constexpr auto kTermGrace = 2s;

}  // namespace

std::string ProcessCell::names_of(std::vector<pid_t> processes) const {
  std::string names;
  std::erase_if(processes, [this](pid_t pid) { return is_wrapper(pid); });
  for (std::size_t i = 0; i < std::min(processes.size(), kMaxNamed); ++i) {
    names += (i == 0 ? "" : ", ") + processes_.command_line(processes[i]);
  }
  if (processes.size() > kMaxNamed) {
    names += fmt::format(" and {} more", processes.size() - kMaxNamed);
  }
  return names;
}

// What stays when the first process has ended, after time enough to follow it.
std::string ProcessCell::find_left_over() {
  const auto result = wait_for({.nothing = "the others did not end", .patience = kLeavingGrace},
                               [&] { return nobody_left(); });
  const std::vector<pid_t> left = list_processes();
  if (result.how != WaitResult::How::kQuiet || left.empty()) return {};
  return fmt::format("Left running when its first process had ended: {}.", names_of(left));
}

// Twice, where a process came up only after the first time.
std::string ProcessCell::ask_to_end() {
  std::vector<pid_t> asked;
  std::vector<pid_t> left = list_processes();
  WaitResult result;
  for (int i = 0; i < 2 && left != asked && !nobody_left(); ++i) {
    asked = left;
    supervisor_.signal_all(SIGTERM);
    supervisor_.signal_all(SIGCONT);
    result = wait_for({.nothing = "SIGTERM did not end it", .patience = kTermGrace},
                      [&] { return nobody_left(); });
    left = list_processes();
  }
  // One that has only been slow to die says nothing of itself.
  std::erase_if(left, [this](pid_t pid) { return !survives_signal(processes_, pid, SIGTERM); });
  if (result.how != WaitResult::How::kQuiet || left.empty()) return {};
  return fmt::format("Killed, because SIGTERM did not end it: {}.", names_of(left));
}

std::string ProcessCell::memory_sentence() const {
  return fmt::format("Killed, because its processes together used more than {} MiB of memory.",
                     tier_.policy.limits.memory_bytes >> 20);
}

std::vector<ProcessDeath> ProcessCell::deaths() {
  if (started_ && !stopped_) look_for_deaths();
  return deaths_;
}

// By what is there before anything is asked to end.
void ProcessCell::look_for_deaths() {
  deaths_.clear();
  supervisor_.take_news();
  for (const CoreFile& core : find_core_files(open_work_folder().get())) {
    if (std::ranges::find(old_cores_, core) != old_cores_.end()) continue;
    deaths_.push_back({.signal = core.signal, .name = core.program});
  }
  if (deaths_.empty()) deaths_ = supervisor_.deaths();  // an orphan's core is among those
}

std::string ProcessCell::end_processes() {
  close_connections();  // some wait for that before they end
  std::string found;
  const auto add = [&](const std::string& sentence) {
    if (!found.empty() && !sentence.empty()) found += ' ';
    found += sentence;
  };
  if (started_) {
    const bool first_has_ended = !is_running();
    if (supervisor_.has_overrun() || (group_ && group_->ran_out_of_memory()))
      add(memory_sentence());
    if (first_has_ended && !nobody_left()) add(find_left_over());
    look_for_deaths();
    if (!nobody_left()) {
      pump().errors().mark_end();
      add(ask_to_end());
    }
    if (!nobody_left()) {
      if (const auto ended = supervisor_.end_all(); !ended) add(ended.error() + ".");
    }
    supervisor_.take_news();
    pump().output().finish();
    pump().errors().finish();
  }
  return found;
}

std::string ProcessCell::end_program() {
  std::string found = end_processes();
  started_ = false;
  server_.reset();
  has_connected_ = false;
  return found;
}

std::string ProcessCell::stop() {
  if (std::exchange(stopped_, true)) return {};
  std::string found = end_processes();
  listeners_.clear();
  return found;
}

}  // namespace chatspec
