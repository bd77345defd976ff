// What the processes of a cell have open, at the moment of a look, by what may come over it.

#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "harness/cell/kernel/process_table.h"
#include "harness/cell/kernel/socket_table.h"

namespace chatspec {

class CellDescriptors {
 public:
  struct Held {
    pid_t process = 0;
    OpenDescriptor open{};
  };

  // Those of some processes; borrows `processes`. `other_ends` are the sockets at the other ends of
  // our connections. Beyond kMostDescriptors it is an error (Unread::is_too_much).
  static Reading<CellDescriptors> list(const ProcessTable& processes, SocketTable& sockets,
                                       const std::vector<pid_t>& pids,
                                       std::vector<ino_t> other_ends);

  // Of a socket by its inode; false of 0. Whether it is the other end of a connection of ours, or
  // listens; whether it listens; whether the cell has it open at all.
  bool is_ours(ino_t socket) const;
  bool listens(ino_t socket) const;
  bool is_of_cell(ino_t socket) const;

  // Those of one process.
  std::vector<OpenDescriptor> of_process(pid_t process) const;
  // All that lead to the same, such as "pipe:[45]".
  std::span<const Held> with_link(std::string_view link) const;
  // Whether, for all that can be told, there is a timer that is set among the kernel's objects, or
  // something that is not understood.
  bool may_have_timer() const;

 private:
  explicit CellDescriptors(const ProcessTable& processes) : processes_(&processes) {}
  bool is_maybe_timer(const Held& held) const;

  const ProcessTable* processes_;
  std::vector<Held> all_;  // by their links
  // Each sorted.
  std::vector<ino_t> ours_;
  std::vector<ino_t> listening_;
  std::vector<ino_t> of_cell_;
  mutable std::optional<bool> may_have_timer_;  // once it was asked
};

}  // namespace chatspec
