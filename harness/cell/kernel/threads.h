// The threads of a cell, as the kernel shows them from outside.

#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/cell/kernel/process_table.h"
#include "harness/cell/observer.h"

namespace chatspec {

struct ThreadView {
  pid_t process = 0;
  pid_t thread = 0;
  char state = '?';            // as in proc(5): R running, S waiting, T stopped, …
  std::uint64_t switches = 0;  // how often it has left a processor: the same as before, and it has
                               // not run since
  std::string call{};          // the system call in which it is; see system_call.h

  bool operator==(const ThreadView&) const = default;
  // It waits, or is stopped, and nothing has woken it yet.
  bool is_blocked() const;
  std::string path() const;  // of its folder in /proc
};

enum class Extent {
  kWhileBlocked,  // the first thread that is not blocked is the last that is read: then nothing is
                  // proven, whatever the others do, and those of a virtual machine are many
  kAll,
};

// Reads threads again and again: the files of a few stay open in between, so that they need not be
// looked up each time. Borrows the table.
class ThreadReader {
 public:
  explicit ThreadReader(const ProcessTable& processes) : processes_(processes) {}

  // As read_threads().
  Reading<std::vector<ThreadView>> read(const std::vector<pid_t>& pids, Extent extent);

 private:
  struct Seen {
    ThreadView view{};
    bool is_alone = false;  // it is the only thread of its process
  };
  struct Files {
    ProcFile call;
    ProcFile status;
  };

  // What is read of a process, and of one of its threads, is added; of the thread, whether no other
  // of its process need be read.
  Reading<void> add_process(pid_t pid, Extent extent, std::vector<ThreadView>& threads);
  Reading<bool> add_thread(pid_t pid, pid_t tid, Extent extent, std::vector<ThreadView>& threads);
  // Nothing where the thread has ended.
  Reading<std::optional<Seen>> read_thread(pid_t pid, pid_t tid);
  Reading<std::optional<Seen>> read_anew(pid_t pid, pid_t tid);
  static Reading<std::optional<Seen>> parse(const Reading<std::string>& call,
                                            const Reading<std::string>& status, pid_t pid,
                                            pid_t tid);

  const ProcessTable& processes_;
  std::map<std::pair<pid_t, pid_t>, Files> kept_;  // by process and thread
};

// The threads of some processes, those that have not ended. Beyond kMostThreads, or kMostProcesses
// that have some, it is an error (Unread::is_too_much).
Reading<std::vector<ThreadView>> read_threads(const ProcessTable& processes,
                                              const std::vector<pid_t>& pids,
                                              Extent extent = Extent::kWhileBlocked);

// How long the threads of these processes have waited, since they began, for a processor that
// strangers had: the wait of the one that waited longest, less the time in which another of them
// ran. So whoever starves itself, by many processes, is not starved. 0 where the kernel does not
// count that.
Reading<std::chrono::nanoseconds> find_starvation(const ProcessTable& processes,
                                                  const std::vector<pid_t>& pids);

// How much processor time those have used that descended from these processes and have been waited
// for.
Reading<std::chrono::nanoseconds> find_reaped_time(const ProcessTable& processes,
                                                   const std::vector<pid_t>& pids);

// How much processor time the threads of these processes have used. 0 where the kernel does not
// count that.
Reading<ProcessorTime> find_run_time(const ProcessTable& processes, const std::vector<pid_t>& pids);

// Signals of a process, of its first thread where threads differ, as bits: the lowest is signal 1.
struct SignalSets {
  std::uint64_t ignored = 0;
  std::uint64_t caught = 0;
  std::uint64_t blocked = 0;
};
Reading<SignalSets> read_signal_sets(const ProcessTable& processes, pid_t pid);
inline bool has_signal(std::uint64_t set, int signal) {
  return (set >> (signal - 1) & 1) != 0;
}

// Whether a process ignores, catches or blocks a signal, so that its default action does not come
// about. False where that cannot be seen.
bool survives_signal(const ProcessTable& processes, pid_t pid, int signal);

}  // namespace chatspec
