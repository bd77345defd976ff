#include "harness/cell/isolation/control_group.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "reference/program/whole_file.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr auto* kOwnGroup = "chatspec";
constexpr std::array kControllers{"memory", "pids"};

std::string read_file(const fs::path& path) {
  constexpr std::size_t kMaxBytes = std::size_t{1} << 20;
  return chat::read_whole(path, kMaxBytes).value_or("");
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(at);
    if (end != 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

// Each of these files takes a whole word by one write, or refuses it.
std::expected<void, std::string> set(const fs::path& path, std::string_view value) {
  const FileDescriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file && write(file.get(), value.data(), value.size()) == static_cast<ssize_t>(value.size())) {
    return {};
  }
  return std::unexpected(fmt::format("{}: {}", path.native(), std::strerror(errno)));
}

std::expected<void, std::string> make_folder(const fs::path& path) {
  if (mkdir(path.c_str(), 0755) == 0 || errno == EEXIST) return {};
  return std::unexpected(fmt::format("{}: {}", path.native(), std::strerror(errno)));
}

std::expected<fs::path, std::string> find_delegated() {
  const auto mount = find_group_mount(read_file("/proc/self/mountinfo"));
  const auto own = find_own_group(read_file("/proc/self/cgroup"));
  if (!mount || !own) return std::unexpected("there is no cgroup v2 hierarchy");
  const fs::path path = *mount / fs::path(*own).relative_path();
  const std::string available = read_file(path / "cgroup.controllers");
  for (const std::string_view controller : kControllers) {
    bool there = false;
    for (const std::string_view word : split(available, ' ')) {
      there |= word.substr(0, word.find('\n')) == controller;
    }
    if (!there) {
      return std::unexpected(
          fmt::format("the controller {} is not delegated to {}", controller, path.native()));
    }
  }
  for (const std::string_view pid : split(read_file(path / "cgroup.procs"), '\n')) {
    if (pid != std::to_string(getpid())) {
      return std::unexpected(fmt::format("other processes than chatspec are in {}", path.native()));
    }
  }
  return path;
}

}  // namespace

// "41 31 0:38 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw": where it is mounted comes fifth,
// its kind after the dash.
std::optional<fs::path> find_group_mount(std::string_view mountinfo) {
  constexpr std::size_t kMountPoint = 4;
  for (const std::string_view line : split(mountinfo, '\n')) {
    if (line.find(" - cgroup2 ") == std::string_view::npos) continue;
    const auto words = split(line, ' ');
    if (words.size() > kMountPoint) return fs::path(words[kMountPoint]);
  }
  return std::nullopt;
}

std::optional<std::string> find_own_group(std::string_view cgroup) {
  for (const std::string_view line : split(cgroup, '\n')) {
    if (line.starts_with("0::/")) return std::string(line.substr(3));
  }
  return std::nullopt;
}

std::uint64_t count_kills(std::string_view memory_events) {
  constexpr std::string_view kName = "oom_kill ";
  for (const std::string_view line : split(memory_events, '\n')) {
    if (!line.starts_with(kName)) continue;
    std::uint64_t number = 0;
    std::from_chars(line.data() + kName.size(), line.data() + line.size(), number);
    return number;
  }
  return 0;
}

CellGroup::~CellGroup() {
  if (!path_.empty()) rmdir(path_.c_str());
}

FileDescriptor CellGroup::open_entrance() const {
  return FileDescriptor(open((path_ / "cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC));
}

bool CellGroup::ran_out_of_memory() const {
  return count_kills(read_file(path_ / "memory.events")) > 0;
}

std::expected<ControlGroups, std::string> ControlGroups::claim() {
  auto path = find_delegated();
  if (!path) return std::unexpected(path.error());
  ControlGroups groups(*std::move(path));  // undoes what was done, where a step fails
  if (auto made = make_folder(groups.path_ / kOwnGroup); !made) {
    return std::unexpected(made.error());
  }
  if (auto moved = set(groups.path_ / kOwnGroup / "cgroup.procs", "0"); !moved) {
    return std::unexpected(moved.error());
  }
  for (const char* controller : kControllers) {
    const auto divided =
        set(groups.path_ / "cgroup.subtree_control", fmt::format("+{}", controller));
    if (!divided) return std::unexpected(divided.error());
  }
  return groups;
}

ControlGroups::~ControlGroups() {
  if (path_.empty()) return;
  for (const char* controller : kControllers) {
    static_cast<void>(set(path_ / "cgroup.subtree_control", fmt::format("-{}", controller)));
  }
  static_cast<void>(set(path_ / "cgroup.procs", "0"));
  rmdir((path_ / kOwnGroup).c_str());
}

std::expected<CellGroup, std::string> ControlGroups::make_group(const std::string& name,
                                                                std::uint64_t memory_bytes,
                                                                std::uint64_t processes) const {
  CellGroup group(path_ / ("cell-" + name));
  if (auto made = make_folder(group.path_); !made) return std::unexpected(made.error());
  const std::vector<std::pair<const char*, std::string>> limits{
      {"memory.max", std::to_string(memory_bytes)},
      {"memory.oom.group", "1"},  // all or none, as the supervisor does it
      {"pids.max", std::to_string(processes)}};
  for (const auto& [file, value] : limits) {
    if (auto limited = set(group.path_ / file, value); !limited) {
      return std::unexpected(limited.error());
    }
  }
  // Not there where the kernel does not count swap.
  static_cast<void>(set(group.path_ / "memory.swap.max", "0"));
  return group;
}

}  // namespace chatspec
