// How much of a cell is looked at, so that a look has an end however much a program makes. What is
// beyond a bound is not understood: nothing is proven of it, and the deadline alone rules. No
// program under test comes near one of them.

#pragma once

#include <cstddef>

namespace chatspec {

inline constexpr std::size_t kMostProcesses = 1024;
inline constexpr std::size_t kMostThreads = 4096;       // of all its processes
inline constexpr std::size_t kMostDescriptors = 16384;  // of all its processes
inline constexpr std::size_t kMostAwaited = 16384;      // descriptors for which its threads wait
// Of one file of /proc: some thousand mappings of memory, or descriptors of an epoll set.
inline constexpr std::size_t kMostProcBytes = std::size_t{512} << 10;

}  // namespace chatspec
