// Core files: what the kernel leaves of a process that a signal killed, and by which it can be seen
// from outside that a process died whose own parent took note of its end. See core(5).

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cell/reading.h"

namespace chatspec {

// As much of a core file as holds the notes about the process: they stand at its beginning, after
// a table with 56 bytes for each mapping of its memory. That is all that is wanted of one.
inline constexpr std::uint64_t kCoreBytes = std::uint64_t{256} << 10;

struct CoreFile {
  int signal = 0;
  std::string program{};     // its name, as far as the kernel keeps it: 15 bytes; for people
  std::int64_t written = 0;  // when, in nanoseconds; tells it from an older one of the same name

  bool operator==(const CoreFile&) const = default;
};

// Whether a process that dies here leaves its core file where it works: `pattern` is the text of
// /proc/sys/kernel/core_pattern, which may name a folder, a program or a socket instead.
bool is_kept_where_it_works(std::string_view pattern);
// What keeps core files from being seen on this machine, as a sentence without a full stop. Nothing
// where all is well.
std::optional<std::string> find_obstacle_to_core_files();

// Reads the start of a core file of this machine's kind (ELF, 64 bits). Nothing where it isn't one.
std::optional<CoreFile> parse_core(std::string_view bytes);

// Those that lie in a folder, by a descriptor of it; the first few where there are many. None where
// it is gone, or closed to us: that is whoever works there who did it.
Reading<std::vector<CoreFile>> find_core_files(int folder);

}  // namespace chatspec
