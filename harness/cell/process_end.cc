#include "harness/cell/process_end.h"

#include <algorithm>
#include <poll.h>
#include <signal.h>

#include <fmt/format.h>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

// How long the others of a tree may live on when the first has ended, before they count as left
// over.
constexpr auto kLeavingGrace = 250ms;
constexpr auto kTermGrace = 1s;
constexpr auto kKillGrace = 2s;
// Each round kills all that were there when it began. Only what forks faster than we look needs
// many.
constexpr int kMaxKillRounds = 200;
constexpr std::size_t kMaxNamed = 3;

std::string names_of(const std::vector<HeldProcess>& processes) {
  std::string names;
  for (std::size_t i = 0; i < std::min(processes.size(), kMaxNamed); ++i) {
    names += (i == 0 ? "" : ", ") + command_line(processes[i].entry.pid);
  }
  if (processes.size() > kMaxNamed) {
    names += fmt::format(" and {} more", processes.size() - kMaxNamed);
  }
  return names;
}

void add_sentence(std::string& text, const std::string& sentence) {
  if (!text.empty()) text += ' ';
  text += sentence;
}

void drop_ended(std::vector<HeldProcess>& processes) {
  std::erase_if(processes, [](const HeldProcess& process) { return has_ended(process); });
}

void ask_to_end(const ProcessTree& tree, std::string& found, bool first_has_ended,
                EndWaiter& waiter) {
  auto held = tree.hold_living();
  if (first_has_ended && !held.empty()) {
    const bool waited = waiter.wait_for_end(held, kLeavingGrace, true);
    drop_ended(held);
    if (waited && !held.empty()) {
      add_sentence(
          found, fmt::format("Left running when its first process had ended: {}.", names_of(held)));
    }
  }
  if (held.empty()) return;
  tree.signal(held, SIGTERM);
  tree.signal(held, SIGCONT);
  const bool waited = waiter.wait_for_end(held, kTermGrace, true);
  drop_ended(held);
  if (waited && !held.empty()) {
    add_sentence(found, fmt::format("Killed, because SIGTERM did not end it within {} s: {}.",
                                    kTermGrace.count(), names_of(held)));
  }
}

}  // namespace

bool has_ended(const HeldProcess& process) {
  pollfd end{.fd = process.pidfd.get(), .events = POLLIN, .revents = 0};
  return poll(&end, 1, 0) > 0;
}

std::string end_processes(const ProcessTree& tree, bool first_has_ended, EndWaiter& waiter) {
  std::string found;
  ask_to_end(tree, found, first_has_ended, waiter);
  for (int round = 0; round < kMaxKillRounds; ++round) {
    auto held = tree.hold_living();
    if (held.empty()) return found;
    tree.signal(held, SIGKILL);
    waiter.wait_for_end(held, kKillGrace, false);
    drop_ended(held);
    if (!held.empty()) {
      add_sentence(found, fmt::format("Not even SIGKILL ended: {}.", names_of(held)));
      return found;
    }
  }
  add_sentence(found, "It makes new processes faster than they can be killed.");
  return found;
}

}  // namespace chatspec
