#include "harness/cell/process_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fcntl.h>
#include <iterator>
#include <sstream>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/cell/file_descriptor.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxCommandLine = 80;

fs::path folder_of(pid_t pid) {
  return fs::path("/proc") / std::to_string(pid);
}

std::optional<std::string> read_all(const fs::path& path) {
  // By system calls: a process may be gone between opening and reading, and streams throw on that.
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return std::nullopt;
  std::string text;
  std::array<char, 4096> buffer;
  ssize_t size = 0;
  while ((size = read(file.get(), buffer.data(), buffer.size())) > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  if (size < 0 || text.empty()) return std::nullopt;
  return text;
}

template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<ProcessEntry> parse_process_stat(std::string_view text) {
  // The name stands in parentheses and may itself hold blanks and parentheses.
  const auto name_end = text.rfind(')');
  const auto pid_end = text.find(' ');
  if (name_end == text.npos || pid_end == text.npos) return std::nullopt;
  const auto pid = parse_number<pid_t>(text.substr(0, pid_end));
  ProcessEntry entry;
  pid_t group = 0;
  std::istringstream fields{std::string(text.substr(name_end + 1))};
  fields >> entry.state >> entry.parent >> group >> entry.session;
  constexpr int kFieldsUntilStartTime = 15;  // tty_nr to itrealvalue
  std::string ignored;
  for (int i = 0; i < kFieldsUntilStartTime; ++i) fields >> ignored;
  fields >> entry.start_time;
  if (!pid || !fields) return std::nullopt;
  entry.pid = *pid;
  return entry;
}

std::optional<ProcessEntry> read_process(pid_t pid) {
  const auto text = read_all(folder_of(pid) / "stat");
  return text ? parse_process_stat(*text) : std::nullopt;
}

std::vector<ProcessEntry> read_processes() {
  std::vector<ProcessEntry> entries;
  std::error_code error;
  for (fs::directory_iterator it("/proc", error), end; !error && it != end; it.increment(error)) {
    const auto pid = parse_number<pid_t>(it->path().filename().native());
    if (!pid) continue;
    if (auto entry = read_process(*pid)) entries.push_back(*entry);
  }
  return entries;
}

std::optional<bool> started_with(pid_t pid, std::string_view entry) {
  const auto environment = read_all(folder_of(pid) / "environ");
  if (!environment) return std::nullopt;
  std::string wanted(entry);
  if (!entry.ends_with('=')) wanted += '\0';
  return environment->starts_with(wanted) || environment->find('\0' + wanted) != std::string::npos;
}

bool works_below(pid_t pid, const fs::path& folder) {
  std::error_code error;
  const fs::path place = fs::read_symlink(folder_of(pid) / "cwd", error);
  if (error) return false;
  return std::mismatch(folder.begin(), folder.end(), place.begin(), place.end()).first ==
         folder.end();
}

std::string command_line(pid_t pid) {
  auto text = read_all(folder_of(pid) / "cmdline").value_or("(its command line cannot be seen)");
  while (!text.empty() && text.back() == '\0') text.pop_back();
  if (text.size() > kMaxCommandLine) text = text.substr(0, kMaxCommandLine - 3) + "...";
  std::ranges::replace_if(text, [](unsigned char c) { return c == 0 || c == '\n'; }, ' ');
  std::ranges::replace_if(text, [](unsigned char c) { return c < 0x20 || c > 0x7e; }, '?');
  return text;
}

std::optional<std::vector<ino_t>> open_sockets(pid_t pid) {
  std::vector<ino_t> inodes;
  std::error_code error;
  for (fs::directory_iterator it(folder_of(pid) / "fd", error), end; !error && it != end;
       it.increment(error)) {
    std::error_code gone;
    const std::string target = fs::read_symlink(it->path(), gone).native();
    constexpr std::string_view kPrefix = "socket:[";
    if (gone || !target.starts_with(kPrefix)) continue;
    const auto digits = std::string_view(target).substr(kPrefix.size());
    if (const auto inode = parse_number<ino_t>(digits.substr(0, digits.find(']')))) {
      inodes.push_back(*inode);
    }
  }
  if (error) return std::nullopt;
  return inodes;
}

}  // namespace chatspec
