// The part of the kernel's cgroup v2 hierarchy that this process was given to divide ("delegated",
// cgroups(7)), where it was given one: `systemd-run --user --scope -p Delegate=yes chatspec …` does
// that. There the kernel itself holds what all processes of a cell use together: their number, and
// their memory in whatever form. Elsewhere the supervisor looks at their memory
// (memory_watch.h), which sees less of it, and later.

#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

// The group of one cell's program and all that comes from it. Gone with its owner, which must
// outlive them.
class CellGroup {
 public:
  CellGroup(CellGroup&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  CellGroup& operator=(CellGroup&&) = delete;
  ~CellGroup();

  // A process that writes "0" to it is in the group. Invalid where it cannot be opened.
  FileDescriptor open_entrance() const;
  // Whether the kernel killed it, because it had no memory left.
  bool ran_out_of_memory() const;

 private:
  friend class ControlGroups;
  explicit CellGroup(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

class ControlGroups {
 public:
  // Takes the group of this process over. A group that is divided holds no process itself, so this
  // process moves into one below it; whatever it forks follows. The error is a sentence without a
  // full stop.
  static std::expected<ControlGroups, std::string> claim();

  ControlGroups(ControlGroups&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ControlGroups& operator=(ControlGroups&&) = delete;
  ~ControlGroups();  // leaves all as it was

  // Thread-safe. `name` is no other cell's. The error is a sentence without a full stop.
  std::expected<CellGroup, std::string> make_group(const std::string& name,
                                                   std::uint64_t memory_bytes,
                                                   std::uint64_t processes) const;

 private:
  explicit ControlGroups(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

// Where the hierarchy is mounted, from the text of /proc/self/mountinfo.
std::optional<std::filesystem::path> find_group_mount(std::string_view mountinfo);
// A process's group in it, from the text of /proc/self/cgroup: begins with '/'.
std::optional<std::string> find_own_group(std::string_view cgroup);
// How many processes the kernel killed for want of memory, from the text of memory.events.
std::uint64_t count_kills(std::string_view memory_events);

}  // namespace chatspec
