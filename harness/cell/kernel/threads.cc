#include "harness/cell/kernel/threads.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <optional>

#include <fmt/format.h>

namespace chatspec {
namespace {

// The value behind `name` in the text of /proc/PID/status; "" where there is none.
std::string_view find_field(std::string_view status, std::string_view name) {
  const std::size_t found = status.find(name);
  if (found == status.npos) return {};
  std::string_view rest = status.substr(found + name.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  return rest.substr(0, rest.find_first_of(" \t\n"));
}

std::uint64_t number_of(std::string_view digits, int base = 10) {
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  return number;
}

// Whether a set of signals, in hexadecimal as the kernel shows it, has one.
bool has_signal(std::string_view status, std::string_view set, int signal) {
  return (number_of(find_field(status, set), 16) >> (signal - 1) & 1) != 0;
}

constexpr std::string_view kRunning = "running";  // instead of a system call

// Nothing where the thread has ended. First the call, which costs the kernel a tenth of the status:
// of one that runs it says enough.
std::optional<ThreadView> read_thread(const ProcessTable& processes, pid_t pid, pid_t tid) {
  const std::string folder = fmt::format("{}/task/{}/", pid, tid);
  ThreadView view{.process = pid, .thread = tid};
  if (auto call = processes.read(folder + "syscall")) view.call = *std::move(call);
  if (view.call.starts_with(kRunning)) {
    view.state = 'R';
    return view;
  }
  const auto status = processes.read(folder + "status");
  if (!status) return std::nullopt;
  const std::string_view state = find_field(*status, "\nState:");
  view.state = state.empty() ? '?' : state.front();
  view.switches = number_of(find_field(*status, "\nvoluntary_ctxt_switches:")) +
                  number_of(find_field(*status, "\nnonvoluntary_ctxt_switches:"));
  if (view.state == 'Z' || view.state == 'X') return std::nullopt;
  return view;
}

// What a thread has had of the processors, and how long it has wanted more.
struct ProcessorShare {
  std::chrono::nanoseconds ran{};
  std::chrono::nanoseconds waited{};
};

void add_shares(const ProcessTable& processes, pid_t pid, std::vector<ProcessorShare>& shares) {
  const auto tids = processes.list_numbers(fmt::format("{}/task", pid));
  for (const int tid : tids.value_or(std::vector<int>{})) {
    // "RUNNING WAITING SLICES", the first two in nanoseconds
    const auto text = processes.read(fmt::format("{}/task/{}/schedstat", pid, tid));
    const std::size_t blank = text ? text->find(' ') : std::string::npos;
    if (blank == std::string::npos) continue;
    const auto ran = static_cast<std::int64_t>(number_of(*text));
    const auto waited =
        static_cast<std::int64_t>(number_of(std::string_view(*text).substr(blank + 1)));
    shares.push_back({std::chrono::nanoseconds(ran), std::chrono::nanoseconds(waited)});
  }
}

}  // namespace

bool ThreadView::is_blocked() const {
  if (state == 'T') return true;
  return (state == 'S' || state == 'D') && !call.empty() && !call.starts_with(kRunning);
}

std::expected<std::vector<ThreadView>, std::string> read_threads(const ProcessTable& processes,
                                                                 const std::vector<pid_t>& pids,
                                                                 Extent extent) {
  std::vector<ThreadView> threads;
  for (const pid_t pid : pids) {
    const auto tids = processes.list_numbers(fmt::format("{}/task", pid));
    if (!tids) continue;  // it has ended meanwhile
    for (const int tid : *tids) {
      auto view = read_thread(processes, pid, tid);
      if (!view) continue;
      // Twice, because a thread that ends meanwhile shows none either.
      if (view->call.empty()) view = read_thread(processes, pid, tid);
      if (!view) continue;
      if (view->call.empty() && view->state != 'T') {
        return std::unexpected("the kernel does not show its system calls to this user");
      }
      threads.push_back(*std::move(view));
      if (extent == Extent::kWhileBlocked && !threads.back().is_blocked()) return threads;
    }
  }
  return threads;
}

bool may_be_signalled_by_time(const ProcessTable& processes, pid_t pid) {
  if (processes.read(fmt::format("{}/timers", pid))) return true;
  const auto status = processes.read(fmt::format("{}/status", pid));
  return status &&
         (has_signal(*status, "\nSigCgt:", SIGALRM) || has_signal(*status, "\nSigBlk:", SIGALRM));
}

std::chrono::nanoseconds find_starvation(const ProcessTable& processes,
                                         const std::vector<pid_t>& pids) {
  std::vector<ProcessorShare> shares;
  for (const pid_t pid : pids) add_shares(processes, pid, shares);
  std::chrono::nanoseconds all_ran{};
  for (const ProcessorShare& share : shares) all_ran += share.ran;
  std::chrono::nanoseconds longest{};
  for (const ProcessorShare& share : shares) {
    const auto others_ran = all_ran - share.ran;
    longest = std::max(longest, share.waited - others_ran);
  }
  return longest;
}

std::chrono::nanoseconds find_longest_run(const ProcessTable& processes,
                                          const std::vector<pid_t>& pids) {
  std::vector<ProcessorShare> shares;
  for (const pid_t pid : pids) add_shares(processes, pid, shares);
  std::chrono::nanoseconds longest{};
  for (const ProcessorShare& share : shares) longest = std::max(longest, share.ran);
  return longest;
}

bool survives_signal(const ProcessTable& processes, pid_t pid, int signal) {
  const auto status = processes.read(fmt::format("{}/status", pid));
  if (!status) return false;
  return std::ranges::any_of(std::array{"\nSigIgn:", "\nSigCgt:", "\nSigBlk:"},
                             [&](const char* set) { return has_signal(*status, set, signal); });
}

}  // namespace chatspec
