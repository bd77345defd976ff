// The processes of one cell: the first one and everything that came from it.
//
// A process belongs to the cell if it is in the first one's session, or descends from a process
// that does, or is an orphan (see child_registry.h) that carries the cell's mark in its environment
// or works below the cell's folder. That finds daemons that forked twice into a session of their
// own. One that also wiped its environment and left the folder is found only while no other cell of
// the harness is alive; where that matters, cells have a process namespace.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "harness/cell/file_descriptor.h"
#include "harness/cell/process_table.h"

namespace chatspec {

// A process together with a descriptor that means it and never another of the same number.
struct HeldProcess {
  ProcessEntry entry;
  FileDescriptor pidfd;  // readable from its end on
};

class ProcessTree {
 public:
  // `first` is a child of the harness that is not reaped as long as this is used. `folder` is
  // canonical.
  ProcessTree(pid_t first, std::string mark, std::filesystem::path folder);

  // A mark for a new cell's environment: "CHATSPEC_CELL=…", another one for each call and harness.
  static std::string new_mark();

  // The processes that have not ended; the first one among them, where it has not.
  std::vector<ProcessEntry> living() const;
  std::vector<HeldProcess> hold_living() const;

  // The inodes of all sockets that the living processes have open; nothing where one of them cannot
  // be seen into.
  std::optional<std::vector<ino_t>> sockets() const;

  // Sends a signal to the first one's process group and to each of the given ones.
  void signal(const std::vector<HeldProcess>& processes, int number) const;

  // Reaps the orphans that have ended. Harmless to other cells: those are nobody's to wait for.
  static void reap_orphans();

 private:
  pid_t first_;
  std::string mark_;
  std::filesystem::path folder_;
};

}  // namespace chatspec
