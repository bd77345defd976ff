// How much memory the processes of a cell take from everybody else, in whatever form the kernel
// tells of it.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "harness/cell/kernel/process_table.h"

namespace chatspec {

// What one process uses, in bytes.
struct ProcessMemory {
  std::uint64_t own = 0;     // its alone: anonymous memory, also where it is swapped out, and the
                             // tables of its pages
  std::uint64_t shared = 0;  // of memory that it may share, what it has mapped
};

// From the text of /proc/PID/status. Nothing where a number in it is none.
std::optional<ProcessMemory> parse_process_memory(std::string_view text);
// Its part of the memory that it shares, when the parts of all who share it add up to the whole:
// from the text of /proc/PID/smaps_rollup. Nothing where that does not tell.
std::optional<std::uint64_t> parse_shared_part(std::string_view text);

// What System V's objects hold (sysvipc(7)), from the texts of the files in /proc/sysvipc.
std::uint64_t count_segments(std::string_view shm);
std::uint64_t count_semaphores(std::string_view sem);
std::uint64_t count_messages(std::string_view msg);

// The memory of all processes that descend from one, together, and of what the System V objects of
// the caller's IPC namespace hold. Up to `enough` it may be too high, since memory that several
// have mapped is counted for each; above that it is counted once. Segments of System V are counted
// against mapped memory, the larger of the two, because who has mapped them cannot be told. Of what
// cannot be read now, the next look will tell.
std::uint64_t memory_in_use(const ProcessTable& processes, pid_t ancestor, std::uint64_t enough);

}  // namespace chatspec
