// The deaths of a cell's processes other than its first, by the core files that the kernel leaves
// and by what the supervisor saw. Which of them can be seen is in process_cell.h.

#pragma once

#include <optional>
#include <vector>

#include "harness/cell/cell.h"
#include "harness/cell/kernel/core_file.h"

namespace chatspec {

class DeathWatch {
 public:
  // What lies in the folder now, by a descriptor of it, is older than the program.
  Reading<void> begin(int folder);
  // What is there before anything is asked to end. `orphans` are those that the supervisor saw,
  // whose core files are among the others where there are any.
  void look(int folder, const std::vector<ProcessDeath>& orphans);

  const std::vector<ProcessDeath>& deaths() const { return deaths_; }
  // Why it could not be seen; nothing where it could.
  const std::optional<Unread>& unread() const { return unread_; }

 private:
  std::vector<CoreFile> old_;
  std::vector<ProcessDeath> deaths_;
  std::optional<Unread> unread_;
};

}  // namespace chatspec
