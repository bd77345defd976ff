#include "harness/cell/kernel/threads.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <optional>
#include <ratio>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/cell/kernel/look_bounds.h"

namespace chatspec {
namespace {

// The value after `name` in the text of /proc/PID/status; "" where there is none.
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

constexpr std::string_view kRunning = "running";  // instead of a system call
// Files stay open of so many threads: those of most programs in scripting languages.
constexpr std::size_t kMostKept = 8;

// 'S' of a thread that waits, 'Z' of one that has ended; '?' where it is not told.
char state_of(std::string_view status) {
  const std::string_view state = find_field(status, "\nState:");
  return state.empty() ? '?' : state.front();
}

bool is_ended(char state) {
  return state == 'Z' || state == 'X';
}

// Whether nothing is read behind this thread.
bool is_last(Extent extent, const ThreadView& thread) {
  return extent == Extent::kWhileBlocked && !thread.is_blocked();
}

// Of a failure to read a thread.
std::unexpected<Unread> explain(Unread failure) {
  const bool is_call = failure.what.ends_with("/syscall");
  if (is_call && (failure.error == EACCES || failure.error == EPERM))
    failure.sentence = "the kernel does not show its system calls to this user";
  return std::unexpected(std::move(failure));
}

// What a thread has had of the processors, and how long it has wanted more.
struct ProcessorShare {
  std::chrono::nanoseconds ran{};
  std::chrono::nanoseconds waited{};
};

// Where the kernel does not count it, it has no such file for any thread.
Reading<std::vector<ProcessorShare>> read_shares(const ProcessTable& processes,
                                                 const std::vector<pid_t>& pids) {
  std::vector<ProcessorShare> shares;
  for (const pid_t pid : pids) {
    const auto tids = processes.list_numbers(fmt::format("{}/task", pid));
    if (!tids && !tids.error().says_gone()) return std::unexpected(tids.error());
    if (tids && shares.size() + tids->size() > kMostThreads)
      return too_much("its threads", kMostThreads);
    for (const int tid : tids.value_or(std::vector<int>{})) {
      // "RUNNING WAITING SLICES", the first two in nanoseconds
      const auto text = processes.read(fmt::format("{}/task/{}/schedstat", pid, tid));
      if (!text && !text.error().says_gone()) return std::unexpected(text.error());
      const std::size_t blank = text ? text->find(' ') : std::string::npos;
      if (blank == std::string::npos) continue;
      const auto ran = static_cast<std::int64_t>(number_of(*text));
      const auto waited =
          static_cast<std::int64_t>(number_of(std::string_view(*text).substr(blank + 1)));
      shares.push_back({std::chrono::nanoseconds(ran), std::chrono::nanoseconds(waited)});
    }
  }
  return shares;
}

}  // namespace

std::string ThreadView::path() const {
  return fmt::format("{}/task/{}", process, thread);
}

bool ThreadView::is_blocked() const {
  if (state == 'T') return true;
  return (state == 'S' || state == 'D') && !call.empty() && !call.starts_with(kRunning);
}

Reading<std::optional<ThreadReader::Seen>> ThreadReader::parse(const Reading<std::string>& call,
                                                               const Reading<std::string>& status,
                                                               pid_t pid, pid_t tid) {
  if (!status) return std::unexpected(status.error());
  Seen seen;
  seen.is_alone = pid == tid && find_field(*status, "\nThreads:") == "1";
  ThreadView& view = seen.view;
  view.process = pid;
  view.thread = tid;
  view.state = state_of(*status);
  if (is_ended(view.state)) return std::nullopt;
  view.call = call.value_or("");
  if (view.call.starts_with(kRunning)) {
    view.state = 'R';
    return seen;
  }
  if (view.call.empty() && view.state != 'T') {
    if (!call) return std::unexpected(call.error());
    return unread(fmt::format("/proc/{}/task/{}/syscall", pid, tid), EACCES);
  }
  view.switches = number_of(find_field(*status, "\nvoluntary_ctxt_switches:")) +
                  number_of(find_field(*status, "\nnonvoluntary_ctxt_switches:"));
  return seen;
}

Reading<std::optional<ThreadReader::Seen>> ThreadReader::read_thread(pid_t pid, pid_t tid) {
  const auto kept = kept_.find({pid, tid});
  if (kept == kept_.end()) return read_anew(pid, tid);
  const auto call = kept->second.call.read();
  const auto status = kept->second.status.read();
  if (call && status) return parse(call, status, pid, tid);
  kept_.erase(kept);  // it has ended, and the number may be another's
  return read_anew(pid, tid);
}

Reading<std::optional<ThreadReader::Seen>> ThreadReader::read_anew(pid_t pid, pid_t tid) {
  const std::string folder = fmt::format("{}/task/{}/", pid, tid);
  auto call = processes_.open_file(folder + "syscall");
  auto status = processes_.open_file(folder + "status");
  const auto text_of = [](const Reading<ProcFile>& file) {
    return file ? file->read() : std::unexpected(file.error());
  };
  const auto call_text = text_of(call);
  auto seen = parse(call_text, text_of(status), pid, tid);
  if (seen && *seen && call_text && kept_.size() < kMostKept)
    kept_.emplace(std::pair(pid, tid),
                  Files{.call = *std::move(call), .status = *std::move(status)});
  return seen;
}

Reading<bool> ThreadReader::add_thread(pid_t pid, pid_t tid, Extent extent,
                                       std::vector<ThreadView>& threads) {
  const auto seen = read_thread(pid, tid);
  if (!seen && processes_.is_gone(fmt::format("{}/task/{}", pid, tid))) return false;
  if (!seen) return explain(seen.error());
  if (!*seen) return false;
  threads.push_back((*seen)->view);
  return (*seen)->is_alone || is_last(extent, threads.back());
}

// The first thread of a process tells whether it is alone. Where it has ended, others may live.
Reading<void> ThreadReader::add_process(pid_t pid, Extent extent,
                                        std::vector<ThreadView>& threads) {
  auto is_all = add_thread(pid, pid, extent, threads);
  if (!is_all) return std::unexpected(is_all.error());
  if (*is_all) return {};
  auto tids = processes_.list_numbers(fmt::format("{}/task", pid));
  if (!tids && processes_.is_gone(std::to_string(pid))) return {};
  if (!tids) return explain(tids.error());
  if (threads.size() + tids->size() > kMostThreads) return too_much("its threads", kMostThreads);
  std::erase(*tids, pid);
  for (std::size_t i = 0; i < tids->size() && !*is_all; ++i) {
    is_all = add_thread(pid, (*tids)[i], extent, threads);
    if (!is_all) return std::unexpected(is_all.error());
  }
  return {};
}

Reading<std::vector<ThreadView>> ThreadReader::read(const std::vector<pid_t>& pids, Extent extent) {
  if (kept_.size() >= kMostKept) kept_.clear();  // perhaps of threads that have gone
  std::vector<ThreadView> threads;
  std::size_t living = 0;  // processes
  for (const pid_t pid : pids) {
    const std::size_t before = threads.size();
    if (const auto added = add_process(pid, extent, threads); !added)
      return std::unexpected(added.error());
    if (threads.size() == before) continue;
    if (is_last(extent, threads.back())) break;
    if (++living > kMostProcesses) return too_much("its processes", kMostProcesses);
  }
  return threads;
}

Reading<std::vector<ThreadView>> read_threads(const ProcessTable& processes,
                                              const std::vector<pid_t>& pids, Extent extent) {
  return ThreadReader(processes).read(pids, extent);
}

Reading<std::chrono::nanoseconds> find_starvation(const ProcessTable& processes,
                                                  const std::vector<pid_t>& pids) {
  const auto shares = read_shares(processes, pids);
  if (!shares) return std::unexpected(shares.error());
  std::chrono::nanoseconds all_ran{};
  for (const ProcessorShare& share : *shares) all_ran += share.ran;
  std::chrono::nanoseconds longest{};
  for (const ProcessorShare& share : *shares) {
    const auto others_ran = all_ran - share.ran;
    longest = std::max(longest, share.waited - others_ran);
  }
  return longest;
}

Reading<std::chrono::nanoseconds> find_reaped_time(const ProcessTable& processes,
                                                   const std::vector<pid_t>& pids) {
  std::uint64_t ticks = 0;
  for (const pid_t pid : pids) {
    const auto process = processes.process(pid);
    if (!process && !process.error().says_gone()) return std::unexpected(process.error());
    if (process) ticks += process->reaped_ticks;
  }
  const auto per_second = static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK));
  return std::chrono::nanoseconds(ticks * (std::nano::den / per_second));
}

Reading<ProcessorTime> find_run_time(const ProcessTable& processes,
                                     const std::vector<pid_t>& pids) {
  const auto shares = read_shares(processes, pids);
  if (!shares) return std::unexpected(shares.error());
  ProcessorTime time;
  for (const ProcessorShare& share : *shares) {
    time.busiest = std::max(time.busiest, share.ran);
    time.together += share.ran;
  }
  return time;
}

Reading<SignalSets> read_signal_sets(const ProcessTable& processes, pid_t pid) {
  const auto status = processes.read(fmt::format("{}/status", pid));
  if (!status) return std::unexpected(status.error());
  const auto set = [&](std::string_view name) { return number_of(find_field(*status, name), 16); };
  return SignalSets{
      .ignored = set("\nSigIgn:"), .caught = set("\nSigCgt:"), .blocked = set("\nSigBlk:")};
}

bool survives_signal(const ProcessTable& processes, pid_t pid, int signal) {
  const auto sets = read_signal_sets(processes, pid);
  return sets && has_signal(sets->ignored | sets->caught | sets->blocked, signal);
}

}  // namespace chatspec
