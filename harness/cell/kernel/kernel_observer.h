// Proof that an implementation will do nothing more by itself, from the kernel's own view of it.
//
// The argument. Look at every thread of the cell twice. If each waited in both looks, in the same
// system call, and has not left a processor in between, then at the moment between the two looks
// all of them waited at once: a look is not instantaneous, but the state that two equal looks
// enclose is. If at that moment nothing was on its way, in either direction of any connection, and
// if each wait is one that only the others, or we, can end (no timer, no time limit of a socket, no
// descriptor that leads out of the cell), then none of them can be the first to move. That is a
// proof, and needs no time to pass. By what a process can be woken, and what of it is understood,
// is in wake_source.h.
//
// Where a runtime keeps house with timers (Java, Go), all threads never wait so. Then a weaker
// statement holds often enough to be of use: the thread that holds our connection waits for it
// without a timer, nobody was seen running, over several looks no processor time went by, and
// whatever else may be woken by the clock has since been awake and waits anew, unless it is known
// to keep house (housekeeping.h). That is called settled, and reports say so. So is, where a wait
// asks for no more, that nobody but a thread at a listening socket waits with a time limit: a
// server that polls for its next client.
//
// A look is bounded (look_bounds.h): of a cell that has more than that nothing is proven, and the
// deadline rules.
//
// What cannot be seen from outside: an alarm(2) that is set, and neither caught nor blocked, which
// would end the process; an io_uring with neither descriptor nor mapping (Linux 6.5,
// IORING_SETUP_REGISTERED_FD_ONLY); a pipe or eventfd of which a process outside of the cell was
// given a copy beside those in the cell; and a signal that somebody outside of the cell sends.

#pragma once

#include <functional>
#include <map>
#include <set>
#include <vector>

#include "harness/cell/clock.h"
#include "harness/cell/kernel/cell_descriptors.h"
#include "harness/cell/kernel/process_table.h"
#include "harness/cell/kernel/seen_waits.h"
#include "harness/cell/kernel/socket_table.h"
#include "harness/cell/kernel/threads.h"
#include "harness/cell/kernel/wait.h"
#include "harness/cell/kernel/wake_source.h"
#include "harness/cell/observer.h"

namespace chatspec {

// What an observer looks at, and borrows.
struct Observed {
  const ProcessTable& processes;
  SocketTable& sockets;
  const Clock& clock;
  pid_t supervisor = 0;  // to whom orphans fall, by its number in `processes`
  // Of the cell, without its supervisor, those that have not ended.
  std::function<Reading<std::vector<pid_t>>()> list_processes;
  // The same, and perhaps some that have ended, which costs less.
  std::function<Reading<std::vector<pid_t>>()> list_all_processes;
  ProcessOpener open_process;
  std::function<bool(pid_t)> is_wrapper;  // of a program, and not a part of it
  // What runs, one after the other, before the program does: in a wrapper, and in what becomes the
  // program. None where the program is started directly.
  std::vector<FileIdentity> starters;
  // Something has happened that the cell has not taken in yet: a process has ended, output waits.
  // Also where that cannot be seen.
  std::function<bool()> has_news;
  // The inodes of the pipes of which we hold one end.
  std::function<std::vector<ino_t>()> our_pipes;
};

class KernelObserver final : public Observer {
 public:
  explicit KernelObserver(Observed observed)
      : observed_(std::move(observed)), reader_(observed_.processes) {}

  void begin(const Awaited& awaited) override;
  std::chrono::nanoseconds interval() const override { return interval_; }
  std::optional<QuietFinding> look(std::span<const ConnectionView> connections) override;
  std::optional<bool> has_taken(const ConnectionView& connection) override;
  std::chrono::nanoseconds starved() override;
  ProcessorTime processor_time() override;
  std::string obscurity(std::span<const ConnectionView> connections) override;
  LastSeen last_seen() const override { return last_seen_; }
  std::string state() const override { return state_; }

 private:
  using Threads = std::vector<ThreadView>;
  // The implementation's ends of the connections, by their places; nothing of one that has none, or
  // none any more.
  using Ends = std::vector<std::optional<SocketEnd>>;
  // The thread that holds our connection, as long as it has not moved.
  struct Settling {
    ThreadView holder;
    Threads all;  // as they were first seen beside it
    std::uint64_t processor_ticks = 0;
    TimePoint since{};
    int looks = 0;
  };

  Reading<Threads> read_all_threads(Extent extent);
  void note_unread(const Unread& unread);
  // Nothing where somebody is running, or nothing can be seen.
  std::optional<Threads> look_once();
  Reading<Ends> find_ends(std::span<const ConnectionView> connections);
  Reading<std::vector<Wait>> analyse(const Threads& threads) const;
  Reading<CellDescriptors> list_descriptors(const Ends& ends) const;
  bool has_other_end(const WaitedFor& pipe, const Wait& wait, const CellDescriptors& open) const;
  bool is_understood(const WaitedFor& one, const Wait& wait, const CellDescriptors& open);
  static bool may_be_timer(const Wait& wait, const CellDescriptors& open);
  bool is_within_cell(const Wait& wait, const CellDescriptors& open);
  bool only_we_can_end(const Wait& wait, const CellDescriptors& open);
  bool waits_for_client(const Wait& wait, const CellDescriptors& open);
  // What may wake one of the processes in the background; "" where there is nothing.
  std::string find_background_of(const Threads& threads, const CellDescriptors& open) const;
  bool is_understood(const std::vector<Wait>& waits, const CellDescriptors& open);
  bool serves_on(const Threads& threads, const std::vector<Wait>& waits,
                 const CellDescriptors& open);
  const Wait* find_holder(const std::vector<Wait>& waits, const CellDescriptors& open,
                          const Ends& ends) const;
  bool have_come_round(const Threads& threads, const std::vector<Wait>& waits) const;
  bool has_settled(const Threads& threads, const std::vector<Wait>& waits, const Wait& holder);
  std::string find_unstarted() const;
  std::string find_unread() const;
  bool waits_for_its_own(const ThreadView& thread) const;
  std::string describe_obscure(const ThreadView& thread, const Wait& wait) const;
  std::uint64_t processor_ticks(const Threads& threads) const;
  std::chrono::nanoseconds reaped_since_begin(std::vector<pid_t> pids);
  SeenWaits see(const std::vector<Wait>& waits, const Wait* holder, const CellDescriptors& open,
                const ConnectionView* awaited, const Ends& ends);

  Observed observed_;
  ThreadReader reader_;
  Awaited awaited_;
  std::set<std::size_t> over_;  // places of connections of which neither end is left
  std::chrono::nanoseconds interval_{};
  std::optional<Settling> settling_;
  // Of those that had ended when it was first asked in this wait.
  std::optional<std::chrono::nanoseconds> reaped_before_;
  std::optional<ThreadView> first_server_;  // that was first seen to wait for the next client
  LastSeen last_seen_;
  std::string state_;
};

}  // namespace chatspec
