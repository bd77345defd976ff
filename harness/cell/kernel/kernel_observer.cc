#include "harness/cell/kernel/kernel_observer.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

constexpr auto kFirstInterval = 500us;
constexpr auto kLastInterval = 16ms;
constexpr int kSettledLooks = 5;
constexpr auto kSettledTime = 50ms;
constexpr std::size_t kMaxNamedCalls = 3;

bool contains(const std::vector<ino_t>& inodes, ino_t inode) {
  return inode != 0 && std::ranges::find(inodes, inode) != inodes.end();
}

// Those that lead to others of the cell only, or nowhere.
bool stays_in_cell(std::string_view link) {
  constexpr std::array<std::string_view, 5> kKinds{"pipe:[", "anon_inode:[eventfd]",
                                                   "anon_inode:[signalfd]", "anon_inode:inotify",
                                                   "anon_inode:[timerfd]"};
  return std::ranges::any_of(kKinds, [&](std::string_view kind) { return link.starts_with(kind); });
}

// How much of what we sent it has not read.
std::uint64_t count_unread(const SocketEnd& end, const ConnectionView& connection) {
  // Its peer's end of stream counts as a byte.
  const std::uint64_t end_mark = connection.we_ended && end.receive_queue > 0 ? 1 : 0;
  const std::uint64_t arrived = std::min(end.arrived, connection.sent);
  return connection.sent - arrived + end.receive_queue - end_mark;
}

// What a thread does that has to do with no socket of ours.
Activity activity_of(const Wait& wait) {
  switch (wait.awaits) {
    case Awaits::kUnknown:
      return Activity::kUnknown;
    case Awaits::kTime:
      return Activity::kSleeping;
    case Awaits::kSignal:
      return wait.call.empty() ? Activity::kStopped : Activity::kWaiting;
    case Awaits::kInput:
    case Awaits::kRoom:
    case Awaits::kReadiness:
    case Awaits::kThread:
    case Awaits::kProcess:
      return Activity::kWaiting;
  }
  return Activity::kUnknown;
}

// Of threads that wait for each other, what the one does on which it hangs tells what all are
// doing: one of which nothing can be told first of all, then one that sleeps.
bool tells_more(const Wait& wait, const Wait& than) {
  constexpr std::array kTelling{Activity::kWaiting, Activity::kStopped, Activity::kSleeping,
                                Activity::kUnknown};
  const auto rank = [&](const Wait& one) { return std::ranges::find(kTelling, activity_of(one)); };
  return rank(wait) > rank(than);
}

// A call that the table of waits does not know.
std::string describe_call(const ThreadView& thread) {
  std::int64_t number = 0;
  std::from_chars(thread.call.data(), thread.call.data() + thread.call.size(), number);
  if (number == -1) return "a page fault";
  const std::string_view name = name_system_call(number);
  return name.empty() ? fmt::format("system call {}", number) : fmt::format("{}()", name);
}

}  // namespace

void KernelObserver::begin(const Awaited& awaited) {
  awaited_ = awaited;
  interval_ = kFirstInterval;
  settling_.reset();
  first_server_.reset();
}

std::optional<KernelObserver::Threads> KernelObserver::look_once() {
  auto threads = read_threads(observed_.processes, observed_.list_processes());
  if (!threads) {
    last_seen_ = {};
    state_ = threads.error();
    return std::nullopt;
  }
  if (!threads->empty() && !threads->back().is_blocked()) {
    last_seen_ = {.activity = Activity::kRunning};
    state_ =
        fmt::format("{} was running", observed_.processes.command_line(threads->back().process));
    return std::nullopt;
  }
  return *std::move(threads);
}

// In either direction. What was sent and not yet received would show as a difference between the
// counts of the two ends; acknowledgements tell nothing, because the kernel delays them.
bool KernelObserver::is_in_flight(const ConnectionView& connection) {
  const auto end = observed_.sockets.find(connection.remote, connection.local);
  if (!end || end->is_over()) return connection.open;
  if (!end->is_connected()) return true;
  // Where its receive queue is not empty, what follows changes nothing: it could read already.
  const bool to_it = end->arrived < connection.sent && end->receive_queue == 0;
  const bool end_to_it = connection.we_ended && !end->has_seen_end();
  if (to_it || end_to_it) return true;
  if (!connection.open || connection.socket < 0) return false;
  const auto arrived = bytes_arrived(connection.socket);
  return end->has_ended() || end->unsent > 0 || !arrived || *arrived < end->sent;
}

std::vector<Wait> KernelObserver::analyse(const Threads& threads) const {
  std::vector<Wait> waits;
  for (const ThreadView& thread : threads) {
    waits.push_back(analyse_wait(observed_.processes, thread, observed_.open_process));
  }
  return waits;
}

KernelObserver::Sockets KernelObserver::list_sockets(std::span<const ConnectionView> connections) {
  Sockets sockets;
  for (const ConnectionView& connection : connections) {
    const auto end = observed_.sockets.find(connection.remote, connection.local);
    if (end && end->inode != 0) sockets.ours.push_back(end->inode);
  }
  for (const pid_t pid : observed_.list_processes()) {
    const auto open = observed_.processes.open_sockets(pid).value_or(std::vector<ino_t>{});
    sockets.of_cell.insert(sockets.of_cell.end(), open.begin(), open.end());
  }
  for (const auto& one : observed_.sockets.listening().value_or(std::vector<ListeningSocket>{})) {
    if (contains(sockets.of_cell, one.inode)) sockets.listening.push_back(one.inode);
  }
  sockets.ours.insert(sockets.ours.end(), sockets.listening.begin(), sockets.listening.end());
  return sockets;
}

// Whether nobody from outside of the cell but us can end the wait. Time may.
bool KernelObserver::is_within_cell(const Wait& wait, const Sockets& sockets) {
  if (wait.awaits == Awaits::kUnknown || wait.awaits == Awaits::kTime) return false;
  return std::ranges::all_of(wait.on, [&](const WaitedFor& one) {
    if (one.socket == 0) return stays_in_cell(one.link);
    return contains(sockets.ours, one.socket) ||
           contains(sockets.of_cell, observed_.sockets.unix_peer(one.socket));
  });
}

bool KernelObserver::only_we_can_end(const Wait& wait, const Sockets& sockets) {
  return !wait.timed && is_within_cell(wait, sockets);
}

bool KernelObserver::waits_for_client(const Wait& wait, const Sockets& sockets) {
  return is_within_cell(wait, sockets) && std::ranges::any_of(wait.on, [&](const WaitedFor& one) {
           return contains(sockets.listening, one.socket);
         });
}

bool KernelObserver::may_be_signalled(const Threads& threads) const {
  std::set<pid_t> pids;
  for (const ThreadView& thread : threads) pids.insert(thread.process);
  return std::ranges::any_of(
      pids, [&](pid_t pid) { return may_be_signalled_by_time(observed_.processes, pid); });
}

bool KernelObserver::is_proven(const Threads& threads, const std::vector<Wait>& waits,
                               const Sockets& sockets) {
  const bool understood =
      std::ranges::all_of(waits, [&](const Wait& wait) { return only_we_can_end(wait, sockets); });
  return understood && !may_be_signalled(threads);
}

// Whether all that time may bring about is that a server looks for its next client again.
bool KernelObserver::serves_on(const Threads& threads, const std::vector<Wait>& waits,
                               const Sockets& sockets) {
  const ThreadView* server = nullptr;
  for (std::size_t i = 0; i < waits.size(); ++i) {
    if (waits_for_client(waits[i], sockets)) {
      server = server ? server : &threads[i];
    } else if (!only_we_can_end(waits[i], sockets)) {
      return false;
    }
  }
  if (!server || may_be_signalled(threads)) return false;
  if (awaited_.serving == Awaited::Serving::kSuffices) return true;
  if (!first_server_ || first_server_->thread != server->thread) first_server_ = *server;
  return first_server_->switches != server->switches;
}

const Wait* KernelObserver::find_holder(const std::vector<Wait>& waits, const Sockets& sockets,
                                        const ConnectionView* awaited) const {
  std::vector<ino_t> wanted = sockets.ours;
  if (awaited) {
    const auto end = observed_.sockets.find(awaited->remote, awaited->local);
    wanted.assign(1, end ? end->inode : 0);
  }
  const auto holds = [&](const Wait& wait) {
    return wait.awaits != Awaits::kUnknown &&
           std::ranges::any_of(wait.on,
                               [&](const WaitedFor& one) { return contains(wanted, one.socket); });
  };
  const auto found = std::ranges::find_if(waits, holds);
  return found == waits.end() ? nullptr : &*found;
}

std::uint64_t KernelObserver::processor_ticks(const Threads& threads) const {
  std::set<pid_t> pids;
  for (const ThreadView& thread : threads) pids.insert(thread.process);
  std::uint64_t ticks = 0;
  for (const pid_t pid : pids) {
    if (const auto entry = observed_.processes.process(pid)) ticks += entry->processor_ticks;
  }
  return ticks;
}

bool KernelObserver::has_settled(const Threads& threads, const std::vector<Wait>& waits,
                                 const Wait& holder) {
  const ThreadView& thread = threads[static_cast<std::size_t>(&holder - waits.data())];
  const std::uint64_t ticks = processor_ticks(threads);
  const TimePoint now = observed_.clock.now();
  if (!settling_ || settling_->holder != thread || settling_->processor_ticks != ticks) {
    settling_ = Settling{.holder = thread, .processor_ticks = ticks, .since = now, .looks = 0};
  }
  ++settling_->looks;
  return settling_->looks >= kSettledLooks && now - settling_->since >= kSettledTime;
}

std::string KernelObserver::describe(const std::vector<Wait>& waits, const Wait* holder,
                                     const ConnectionView* awaited) const {
  std::vector<std::string> calls;
  std::size_t threads = 0;
  for (const Wait& wait : waits) {
    if (observed_.is_wrapper(wait.process)) continue;
    ++threads;
    const std::string call = wait.to_string();
    if (std::ranges::find(calls, call) == calls.end()) calls.push_back(call);
  }
  if (threads == 0) return "no process is left in the cell";
  if (calls.size() > kMaxNamedCalls) calls.resize(kMaxNamedCalls);
  std::string text = fmt::format("blocked in {}", fmt::join(calls, ", "));
  if (holder) {
    text = fmt::format("blocked in {} on {}", holder->to_string(),
                       awaited ? "this connection" : "a socket of ours");
  }
  if (awaited) text += describe_reading(*awaited);
  if (threads > 1) text += fmt::format(" ({} threads wait)", threads);
  return text;
}

std::string KernelObserver::describe_reading(const ConnectionView& awaited) const {
  const auto end = observed_.sockets.find(awaited.remote, awaited.local);
  if (!end) return {};
  const bool accepted = end->inode != 0 || !end->is_connected() || end->has_ended();
  std::string text = accepted ? "" : ", without having accepted this connection";
  if (awaited.sent == 0) return text + ", having been sent nothing";
  const std::uint64_t unread = count_unread(*end, awaited);
  if (unread == 0) return text + fmt::format(", having read all {} bytes sent to it", awaited.sent);
  return text + fmt::format(", with {} of the {} bytes sent to it unread", unread, awaited.sent);
}

LastSeen KernelObserver::name_activity(const std::vector<Wait>& waits, const Wait* holder,
                                       const Sockets& sockets, const ConnectionView* awaited) {
  const auto of_program = [&](const Wait& wait) { return !observed_.is_wrapper(wait.process); };
  const auto accepts = [&](const Wait& wait) {
    return of_program(wait) && waits_for_client(wait, sockets);
  };
  LastSeen seen{.activity = Activity::kGone};
  if (holder && (awaited || !accepts(*holder))) {
    seen = {.activity = holder->awaits == Awaits::kRoom ? Activity::kWriting : Activity::kReading,
            .system_call = holder->call};
  } else if (const auto server = std::ranges::find_if(waits, accepts); server != waits.end()) {
    seen = {.activity = Activity::kAccepting, .system_call = server->call};
  } else {
    const Wait* telling = nullptr;
    for (const Wait& wait : waits) {
      if (of_program(wait) && (!telling || tells_more(wait, *telling))) telling = &wait;
    }
    if (telling) seen = {.activity = activity_of(*telling), .system_call = telling->call};
  }
  const auto end = awaited ? observed_.sockets.find(awaited->remote, awaited->local) : std::nullopt;
  if (end) {
    seen.bytes_unread = count_unread(*end, *awaited);
    seen.bytes_read = awaited->sent - std::min(*seen.bytes_unread, awaited->sent);
  }
  return seen;
}

std::optional<QuietFinding> KernelObserver::look(std::span<const ConnectionView> connections) {
  interval_ = std::min<std::chrono::nanoseconds>(interval_ * 2, kLastInterval);
  const auto first = observed_.has_news() ? std::nullopt : look_once();
  const bool in_flight = first && std::ranges::any_of(connections, [&](const auto& connection) {
                           return is_in_flight(connection);
                         });
  const auto second = first && !in_flight ? look_once() : std::nullopt;
  if (!second) {
    settling_.reset();
    return std::nullopt;
  }
  const std::vector<Wait> waits = analyse(*second);
  const Sockets sockets = list_sockets(connections);
  const ConnectionView* awaited =
      awaited_.connection ? &connections[*awaited_.connection] : nullptr;
  const Wait* holder = find_holder(waits, sockets, awaited);
  last_seen_ = name_activity(waits, holder, sockets, awaited);
  state_ = describe(waits, holder, awaited);
  const auto found = [&](QuietGrade grade) {
    return QuietFinding{.grade = grade, .last_seen = last_seen_, .evidence = state_};
  };
  // What was analysed is what was seen only if nobody has moved since.
  const auto nobody_moved = [&] { return look_once() == second && !observed_.has_news(); };
  const bool unmoved = *first == *second;
  if (unmoved && is_proven(*second, waits, sockets) && nobody_moved()) {
    return found(QuietGrade::kProven);
  }
  if (unmoved && awaited_.serving != Awaited::Serving::kProvesNothing &&
      serves_on(*second, waits, sockets) && nobody_moved()) {
    return found(QuietGrade::kSettled);
  }
  if (holder && !holder->timed && has_settled(*second, waits, *holder)) {
    return found(QuietGrade::kSettled);
  }
  if (!holder || holder->timed) settling_.reset();
  return std::nullopt;
}

std::optional<bool> KernelObserver::has_taken(const ConnectionView& connection) {
  const auto end = observed_.sockets.find(connection.remote, connection.local);
  if (!end) return std::nullopt;
  if (end->receive_queue > 0 || end->arrived < connection.sent) return false;
  const auto first = read_threads(observed_.processes, observed_.list_processes());
  if (!first) return std::nullopt;
  return (first->empty() || first->back().is_blocked()) &&
         read_threads(observed_.processes, observed_.list_processes()) == first;
}

std::chrono::nanoseconds KernelObserver::processor_time() {
  return find_longest_run(observed_.processes, observed_.list_processes());
}

// "" where a process is seen to run anything but what starts the program, or none is left. One of
// which it cannot be seen what it runs is evidence of nothing.
std::string KernelObserver::find_unstarted() const {
  const std::vector<pid_t> pids = observed_.list_processes();
  if (observed_.starters.empty() || pids.empty()) return {};
  bool all_seen = true;
  for (const pid_t pid : pids) {
    const auto file = observed_.processes.executable(pid);
    if (file && std::ranges::find(observed_.starters, *file) == observed_.starters.end()) return {};
    all_seen = all_seen && file;
  }
  return all_seen ? "the program has not been started yet"
                  : "it cannot be seen whether the program has been started";
}

std::string KernelObserver::describe_obscure(const ThreadView& thread, const Wait& wait) const {
  const std::string call = wait.call.empty() ? describe_call(thread) : wait.to_string();
  const auto channel =
      observed_.processes.read(fmt::format("{}/task/{}/wchan", thread.process, thread.thread));
  return fmt::format("{} is blocked in {}{}, {}", observed_.processes.command_line(thread.process),
                     call,
                     channel && channel != "0" ? fmt::format(" (wait channel {})", *channel) : "",
                     thread.state == 'D' ? "which nothing interrupts" : "which is unknown to us");
}

std::string KernelObserver::obscurity(std::span<const ConnectionView> connections) {
  if (std::string unstarted = find_unstarted(); !unstarted.empty()) return unstarted;
  // All of them, because one that runs tells nothing of those for which it may be waiting.
  auto threads = read_threads(observed_.processes, observed_.list_processes(), Extent::kAll);
  if (!threads) return threads.error();
  std::erase_if(*threads, [](const ThreadView& thread) { return !thread.is_blocked(); });
  const std::vector<Wait> waits = analyse(*threads);
  const ConnectionView* awaited =
      awaited_.connection ? &connections[*awaited_.connection] : nullptr;
  const bool is_held = find_holder(waits, list_sockets(connections), awaited) != nullptr;
  for (std::size_t i = 0; i < waits.size(); ++i) {
    const ThreadView& thread = (*threads)[i];
    if (waits[i].awaits != Awaits::kUnknown) continue;
    const bool is_unknown = waits[i].call.empty() && !is_held;
    if (thread.state == 'D' || is_unknown) return describe_obscure(thread, waits[i]);
  }
  return {};
}

std::chrono::nanoseconds KernelObserver::starved() {
  return find_starvation(observed_.processes, observed_.list_processes());
}

}  // namespace chatspec
