// Whether programs can be run as guests: as users of whom nothing is, and none of whom is another
// cell's. Root can do so, unless it is only called root: in a container whose user numbers are
// mapped, as in a rootless one, there are no numbers to spare.

#pragma once

#include <cstdint>
#include <string_view>

#include <sys/types.h>

namespace chatspec {

// Whether it is so for whoever this process belongs to. Else each cell of its own has a user
// namespace, and the program in it is its user.
bool has_guests();

// The guest of the cell that has this supervisor: a user, and a group of the same number.
std::int64_t guest_of(pid_t supervisor);

// Whether a map of numbers, as /proc/PID/uid_map has it, has one for the guest of every cell.
bool maps_guests(std::string_view map);

}  // namespace chatspec
