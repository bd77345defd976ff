// What runs in a cell: its first process and all that comes from it, as the supervisor knows and
// the kernel shows it.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/cell/holdings.h"
#include "harness/cell/isolation/isolation.h"
#include "harness/cell/kernel/process_table.h"
#include "harness/cell/supervisor/supervisor_link.h"

namespace chatspec {

// For one thread.
class CellProcesses {
 public:
  // Borrows the plan.
  CellProcesses(const CellPlan& plan, SupervisorLink supervisor);

  SupervisorLink& supervisor() { return supervisor_; }
  const SupervisorLink& supervisor() const { return supervisor_; }
  const ProcessTable& table() const { return table_; }

  void note_started() { started_ = true; }
  void forget_start() { started_ = false; }  // once all has ended
  bool was_started() const { return started_; }
  // Whether the first process runs, as far as the supervisor has told.
  bool is_running() const { return started_ && !supervisor_.exit(); }
  // How the first process ended, as the program's own end.
  std::optional<ExitStatus> exit() const;
  // Neither the first process nor any other of the cell is left; or nothing can be known any more.
  bool nobody_left() const { return supervisor_.is_empty() || supervisor_.is_lost(); }
  // An end has come of which the supervisor has not told yet, or that cannot be seen.
  bool has_unheard_end() const;

  // Those of the cell, the wrapper too, without the supervisor. Beyond kMostProcesses it is an
  // error (Unread::is_too_much).
  Reading<std::vector<pid_t>> list() const;
  // Those that have ended, too; without a bound.
  Reading<std::vector<pid_t>> list_all() const;
  // The sandbox's first process is bubblewrap.
  bool is_wrapper(pid_t pid) const;
  // What runs, one after the other, before the program does: see Observed::starters.
  std::vector<FileIdentity> identify_starters() const;
  // The inodes of all sockets that they have open, sorted. Beyond kMostDescriptors it is an error.
  Reading<std::vector<ino_t>> open_sockets() const;
  // What they hold, the wrapper aside.
  Reading<Holdings> holdings() const;
  // Of some of them, the command lines for people.
  std::string names_of(std::vector<pid_t> processes) const;

 private:
  bool is_wrapped() const { return plan_.isolation == Isolation::kSandbox; }

  const CellPlan& plan_;
  SupervisorLink supervisor_;
  ProcessTable table_;
  bool started_ = false;
};

}  // namespace chatspec
