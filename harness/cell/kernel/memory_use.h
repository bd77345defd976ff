// How much memory the processes of a cell take from everybody else.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "harness/cell/kernel/process_table.h"

namespace chatspec {

// The bytes of a process that are in memory and its alone, from the text of /proc/PID/statm.
// Nothing where it isn't one.
std::optional<std::uint64_t> parse_private_memory(std::string_view text);

// The same of all processes that descend from one, together. What they share is left out, and what
// lies in memory files that nobody has mapped; files of that kind have the limit of all files.
std::uint64_t memory_in_use(const ProcessTable& processes, pid_t ancestor);

}  // namespace chatspec
