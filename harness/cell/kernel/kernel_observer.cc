// A look goes from what is cheap to what is dear, and ends at the first thing that speaks against a
// finding: news that have come meanwhile, a thread that runs, bytes on their way. Then the waits of
// all threads are taken apart and compared with what we and the cell hold. Last, all threads are
// read once more: what was found counts only if nobody has moved since the first reading.
//
// What could not be read is passed on as such and ends the look without a finding; state_ then says
// what it was, for whoever ends the wait by its deadline.

#include "harness/cell/kernel/kernel_observer.h"

#include <algorithm>
#include <fcntl.h>
#include <set>

#include <fmt/format.h>

#include "harness/cell/kernel/housekeeping.h"
#include "harness/cell/kernel/look_bounds.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;

constexpr auto kFirstInterval = 500us;
constexpr auto kLastInterval = 16ms;
constexpr int kSettledLooks = 5;
constexpr auto kSettledTime = 50ms;

// Why something of a program cannot be told from outside, where that is not its own doing: whoever
// makes more than is looked at has hidden itself, and no deadline is put off for it.
std::string explain_obscure(const Unread& unread) {
  return unread.is_too_much ? std::string() : unread.to_string();
}

// In either direction. What was sent and not yet received would show as a difference between the
// counts of the two ends; acknowledgements tell nothing, because the kernel delays them.
bool is_in_flight(const ConnectionView& connection, const std::optional<SocketEnd>& end) {
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

bool is_any_in_flight(std::span<const ConnectionView> connections,
                      std::span<const std::optional<SocketEnd>> ends) {
  for (std::size_t i = 0; i < connections.size(); ++i) {
    if (is_in_flight(connections[i], ends[i])) return true;
  }
  return false;
}

}  // namespace

void KernelObserver::begin(const Awaited& awaited) {
  awaited_ = awaited;
  interval_ = kFirstInterval;
  settling_.reset();
  first_server_.reset();
  reaped_before_.reset();
}

Reading<KernelObserver::Threads> KernelObserver::read_all_threads(Extent extent) {
  const auto pids = observed_.list_all_processes();
  if (!pids) return std::unexpected(pids.error());
  return reader_.read(*pids, extent);
}

void KernelObserver::note_unread(const Unread& unread) {
  last_seen_ = {};
  state_ = unread.to_string();
}

std::optional<KernelObserver::Threads> KernelObserver::look_once() {
  auto threads = read_all_threads(Extent::kWhileBlocked);
  if (!threads) {
    note_unread(threads.error());
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

// One that we have closed, and that is over at its other end, does not come back: it is looked up
// no more, so that a look costs the same however many there were. Another may get its addresses.
Reading<KernelObserver::Ends> KernelObserver::find_ends(
    std::span<const ConnectionView> connections) {
  Ends ends(connections.size());
  for (std::size_t i = 0; i < connections.size(); ++i) {
    if (over_.contains(i)) continue;
    const ConnectionView& connection = connections[i];
    const auto end = observed_.sockets.find(connection.remote, connection.local);
    if (!end) return std::unexpected(end.error());
    ends[i] = *end;
    if (connection.socket < 0 && (!*end || (*end)->is_over())) over_.insert(i);
  }
  return ends;
}

Reading<std::vector<Wait>> KernelObserver::analyse(const Threads& threads) const {
  std::vector<Wait> waits;
  std::size_t awaited = 0;
  for (const ThreadView& thread : threads) {
    waits.push_back(analyse_wait(observed_.processes, thread, observed_.open_process));
    awaited += waits.back().on.size();
    if (awaited > kMostAwaited)
      return too_much("the descriptors for which its threads wait", kMostAwaited);
  }
  return waits;
}

Reading<CellDescriptors> KernelObserver::list_descriptors(const Ends& ends) const {
  std::vector<ino_t> other_ends;
  for (const std::optional<SocketEnd>& end : ends) {
    if (end && end->inode != 0) other_ends.push_back(end->inode);
  }
  const auto pids = observed_.list_processes();
  if (!pids) return std::unexpected(pids.error());
  return CellDescriptors::list(observed_.processes, observed_.sockets, *pids,
                               std::move(other_ends));
}

// Whether the cell, or we, hold the end of a pipe opposite to the one that is waited for. Who waits
// though nobody in sight does waits for somebody outside.
bool KernelObserver::has_other_end(const WaitedFor& pipe, const Wait& wait,
                                   const CellDescriptors& open) const {
  const auto ours = observed_.our_pipes();
  const bool is_ours = std::ranges::any_of(
      ours, [&](ino_t inode) { return pipe.link == fmt::format("pipe:[{}]", inode); });
  const auto own = descriptor_flags(observed_.processes, wait.process, pipe.fd);
  if (is_ours || !own) return is_ours;
  const int needed = (*own & O_ACCMODE) == O_RDONLY ? O_WRONLY : O_RDONLY;
  return std::ranges::any_of(open.with_link(pipe.link), [&](const CellDescriptors::Held& held) {
    const auto flags = descriptor_flags(observed_.processes, held.process, held.open.fd);
    return flags && ((*flags & O_ACCMODE) == needed || (*flags & O_ACCMODE) == O_RDWR);
  });
}

// Whether nobody from outside of the cell but us can bring about what a thread waits for. Time may.
bool KernelObserver::is_understood(const WaitedFor& one, const Wait& wait,
                                   const CellDescriptors& open) {
  switch (proof_of_descriptor(one.link)) {
    case WakeProof::kByPeer: {
      if (one.socket == 0) return has_other_end(one, wait, open);
      const auto peer = observed_.sockets.unix_peer(one.socket);
      return open.is_ours(one.socket) || (peer && open.is_of_cell(*peer));
    }
    case WakeProof::kByCell:
    case WakeProof::kByTime:
      return true;
    case WakeProof::kNoneWhereAwaited:
    case WakeProof::kNone:
      return false;
  }
  return false;
}

// Of an epoll set with kernel objects in it: whether, for all that can be told, a timer that is set
// or something that is not understood is among them.
bool KernelObserver::may_be_timer(const Wait& wait, const CellDescriptors& open) {
  const bool has_object = std::ranges::any_of(
      wait.on, [&](const WaitedFor& one) { return one.link.starts_with("anon_inode:"); });
  return wait.is_by_epoll && has_object && open.may_have_timer();
}

bool KernelObserver::is_within_cell(const Wait& wait, const CellDescriptors& open) {
  if (wait.awaits == Awaits::kUnknown || wait.awaits == Awaits::kTime) return false;
  return std::ranges::all_of(wait.on,
                             [&](const WaitedFor& one) { return is_understood(one, wait, open); });
}

bool KernelObserver::only_we_can_end(const Wait& wait, const CellDescriptors& open) {
  return !wait.timed && is_within_cell(wait, open) && !may_be_timer(wait, open);
}

bool KernelObserver::waits_for_client(const Wait& wait, const CellDescriptors& open) {
  return is_within_cell(wait, open) && std::ranges::any_of(wait.on, [&](const WaitedFor& one) {
           return open.listens(one.socket);
         });
}

std::string KernelObserver::find_background_of(const Threads& threads,
                                               const CellDescriptors& open) const {
  std::set<pid_t> pids;
  for (const ThreadView& thread : threads) pids.insert(thread.process);
  for (const pid_t pid : pids) {
    if (observed_.is_wrapper(pid)) continue;  // which is ours, and has no such thing
    const auto found = find_background(observed_.processes, pid, open.of_process(pid));
    if (!found) return found.error().to_string();
    if (!found->empty()) return std::string(*found);
  }
  return {};
}

// Whether all that the threads wait for is ours, or the cell's, to bring about.
bool KernelObserver::is_understood(const std::vector<Wait>& waits, const CellDescriptors& open) {
  return std::ranges::all_of(waits, [&](const Wait& wait) { return only_we_can_end(wait, open); });
}

// Whether all that time may bring about is that a server looks for its next client again.
bool KernelObserver::serves_on(const Threads& threads, const std::vector<Wait>& waits,
                               const CellDescriptors& open) {
  const ThreadView* server = nullptr;
  for (std::size_t i = 0; i < waits.size(); ++i) {
    if (waits_for_client(waits[i], open)) {
      server = server ? server : &threads[i];
    } else if (!only_we_can_end(waits[i], open)) {
      return false;
    }
  }
  if (!server) return false;
  if (awaited_.serving == Awaited::Serving::kSuffices) return true;
  if (!first_server_ || first_server_->thread != server->thread) first_server_ = *server;
  return first_server_->switches != server->switches;
}

const Wait* KernelObserver::find_holder(const std::vector<Wait>& waits, const CellDescriptors& open,
                                        const Ends& ends) const {
  const auto is_wanted = [&](const WaitedFor& one) {
    if (!awaited_.connection) return open.is_ours(one.socket);
    const std::optional<SocketEnd>& end = ends[*awaited_.connection];
    return end && end->inode != 0 && one.socket == end->inode;
  };
  const auto holds = [&](const Wait& wait) {
    return wait.awaits != Awaits::kUnknown && std::ranges::any_of(wait.on, is_wanted);
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

// Whether all but what keeps house have been awake since it began to settle, if time may wake them
// or it cannot be told what does: they have seen what there was to do, and wait again.
bool KernelObserver::have_come_round(const Threads& threads, const std::vector<Wait>& waits) const {
  for (std::size_t i = 0; i < waits.size(); ++i) {
    const bool may_wake = waits[i].timed || waits[i].awaits == Awaits::kUnknown;
    const bool has_waited_since =
        std::ranges::find(settling_->all, threads[i]) != settling_->all.end();
    if (may_wake && has_waited_since && !observed_.is_wrapper(waits[i].process) &&
        !keeps_house(observed_.processes, threads[i], waits[i]))
      return false;
  }
  return true;
}

bool KernelObserver::has_settled(const Threads& threads, const std::vector<Wait>& waits,
                                 const Wait& holder) {
  const ThreadView& thread = threads[static_cast<std::size_t>(&holder - waits.data())];
  const std::uint64_t ticks = processor_ticks(threads);
  const TimePoint now = observed_.clock.now();
  if (!settling_ || settling_->holder != thread || settling_->processor_ticks != ticks) {
    settling_ = Settling{
        .holder = thread, .all = threads, .processor_ticks = ticks, .since = now, .looks = 0};
  }
  ++settling_->looks;
  return settling_->looks >= kSettledLooks && now - settling_->since >= kSettledTime &&
         have_come_round(threads, waits);
}

SeenWaits KernelObserver::see(const std::vector<Wait>& waits, const Wait* holder,
                              const CellDescriptors& open, const ConnectionView* awaited,
                              const Ends& ends) {
  SeenWaits seen{.holder = holder, .awaited = awaited};
  for (const Wait& wait : waits) {
    if (observed_.is_wrapper(wait.process)) continue;
    seen.waits.push_back(&wait);
    if (!waits_for_client(wait, open)) continue;
    if (!seen.server) seen.server = &wait;
    seen.holder_serves = seen.holder_serves || &wait == holder;
  }
  if (awaited) seen.end = ends[*awaited_.connection];
  return seen;
}

std::optional<QuietFinding> KernelObserver::look(std::span<const ConnectionView> connections) {
  interval_ = std::min<std::chrono::nanoseconds>(interval_ * 2, kLastInterval);
  const auto first = observed_.has_news() ? std::nullopt : look_once();
  const auto ends = first ? find_ends(connections) : Ends();
  if (!ends) note_unread(ends.error());
  const bool rests = first && ends && !is_any_in_flight(connections, *ends);
  const auto second = rests ? look_once() : std::nullopt;
  if (!second) {
    settling_.reset();
    return std::nullopt;
  }
  const auto analysed = analyse(*second);
  const auto listed = list_descriptors(*ends);
  if (!analysed || !listed) {
    settling_.reset();
    note_unread(analysed ? listed.error() : analysed.error());
    return std::nullopt;
  }
  const std::vector<Wait>& waits = *analysed;
  const CellDescriptors& open = *listed;
  const ConnectionView* awaited =
      awaited_.connection ? &connections[*awaited_.connection] : nullptr;
  const Wait* holder = find_holder(waits, open, *ends);
  const SeenWaits seen = see(waits, holder, open, awaited, *ends);
  last_seen_ = name_activity(seen);
  state_ = describe(seen);
  const auto found = [&](QuietGrade grade) {
    return QuietFinding{.grade = grade, .last_seen = last_seen_, .evidence = state_};
  };
  // What was analysed is what was seen only if nobody has moved since.
  const auto nobody_moved = [&] { return look_once() == second && !observed_.has_news(); };
  const bool unmoved = *first == *second;
  const std::string background = find_background_of(*second, open);
  if (unmoved && is_understood(waits, open)) {
    if (background.empty() && nobody_moved()) return found(QuietGrade::kProven);
    if (!background.empty()) state_ += fmt::format(", but may be woken by its {}", background);
  }
  if (unmoved && background.empty() && awaited_.serving != Awaited::Serving::kProvesNothing &&
      serves_on(*second, waits, open) && nobody_moved()) {
    return found(QuietGrade::kSettled);
  }
  // A runtime that keeps house by timers does not answer by them; the kernel's own work may.
  if (holder && !holder->timed && !is_kernel_work(background) &&
      has_settled(*second, waits, *holder)) {
    return found(QuietGrade::kSettled);
  }
  if (!holder || holder->timed) settling_.reset();
  return std::nullopt;
}

std::optional<bool> KernelObserver::has_taken(const ConnectionView& connection) {
  const auto found = observed_.sockets.find(connection.remote, connection.local);
  if (!found || !*found) return std::nullopt;
  const std::optional<SocketEnd>& end = *found;
  if (end->receive_queue > 0 || end->arrived < connection.sent) return false;
  const auto first = read_all_threads(Extent::kWhileBlocked);
  if (!first) return std::nullopt;
  return (first->empty() || first->back().is_blocked()) &&
         read_all_threads(Extent::kWhileBlocked) == first;
}

ProcessorTime KernelObserver::processor_time() {
  const auto pids = observed_.list_processes();
  if (!pids) return {};
  reaped_since_begin(*pids);
  return find_run_time(observed_.processes, *pids).value_or(ProcessorTime{});
}

// "" where a process is seen to run anything but what starts the program, or none is left. One of
// which it cannot be seen what it runs is evidence of nothing.
std::string KernelObserver::find_unstarted() const {
  const auto pids = observed_.list_processes();
  if (!pids) return explain_obscure(pids.error());
  if (observed_.starters.empty() || pids->empty()) return {};
  bool all_seen = true;
  for (const pid_t pid : *pids) {
    const auto file = observed_.processes.executable(pid);
    if (file && std::ranges::find(observed_.starters, *file) == observed_.starters.end()) return {};
    all_seen = all_seen && file;
  }
  return all_seen ? "the program has not been started yet"
                  : "it cannot be seen whether the program has been started";
}

// What else a deadline rests on.
std::string KernelObserver::find_unread() const {
  const auto pids = observed_.list_processes();
  if (!pids) return explain_obscure(pids.error());
  const auto starved = find_starvation(observed_.processes, *pids);
  return starved ? std::string() : explain_obscure(starved.error());
}

// Whether a thread waits, so that nothing interrupts it, for a lock that its own program holds: a
// thread that forks while processes of its kind do, again and again. It is the program's doing, and
// not the machine's.
bool KernelObserver::waits_for_its_own(const ThreadView& thread) const {
  return observed_.processes.read(thread.path() + "/wchan") == "dup_mmap";
}

std::string KernelObserver::describe_obscure(const ThreadView& thread, const Wait& wait) const {
  const std::string call = wait.call.empty() ? describe_call(thread) : wait.to_string();
  const auto channel = observed_.processes.read(thread.path() + "/wchan");
  return fmt::format("{} is blocked in {}{}, {}", observed_.processes.command_line(thread.process),
                     call,
                     channel && *channel != "0" ? fmt::format(" (wait channel {})", *channel) : "",
                     thread.state == 'D' ? "which nothing interrupts" : "which is unknown to us");
}

std::string KernelObserver::obscurity(std::span<const ConnectionView> connections) {
  if (std::string unstarted = find_unstarted(); !unstarted.empty()) return unstarted;
  // All of them, because one that runs tells nothing of those for which it may be waiting.
  auto threads = read_all_threads(Extent::kAll);
  if (!threads) return explain_obscure(threads.error());
  if (std::string unread = find_unread(); !unread.empty()) return unread;
  std::erase_if(*threads, [](const ThreadView& thread) { return !thread.is_blocked(); });
  const auto waits = analyse(*threads);
  if (!waits) return explain_obscure(waits.error());
  const auto ends = find_ends(connections);
  if (!ends) return explain_obscure(ends.error());
  const auto open = list_descriptors(*ends);
  if (!open) return explain_obscure(open.error());
  const bool is_held = find_holder(*waits, *open, *ends) != nullptr;
  for (std::size_t i = 0; i < waits->size(); ++i) {
    const ThreadView& thread = (*threads)[i];
    const Wait& wait = (*waits)[i];
    if (wait.awaits != Awaits::kUnknown || observed_.processes.is_gone(thread.path())) continue;
    const bool is_unknown = wait.call.empty() && !is_held;
    if (thread.state == 'D' && waits_for_its_own(thread)) continue;
    if (thread.state == 'D' || is_unknown) return describe_obscure(thread, wait);
  }
  return {};
}

// Whoever makes processes that run for a moment and end starves itself with them, too.
std::chrono::nanoseconds KernelObserver::reaped_since_begin(std::vector<pid_t> pids) {
  pids.push_back(observed_.supervisor);
  const auto reaped = find_reaped_time(observed_.processes, pids).value_or(0ns);
  if (!reaped_before_) reaped_before_ = reaped;
  return std::max<std::chrono::nanoseconds>(reaped - *reaped_before_, 0ns);
}

std::chrono::nanoseconds KernelObserver::starved() {
  const auto pids = observed_.list_processes();
  if (!pids) return 0ns;
  const auto waited = find_starvation(observed_.processes, *pids).value_or(0ns);
  return std::max<std::chrono::nanoseconds>(waited - reaped_since_begin(*pids), 0ns);
}

}  // namespace chatspec
