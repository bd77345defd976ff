#include "harness/cell/kernel/memory_use.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace chatspec {
namespace {

constexpr std::uint64_t kBytesPerKb = 1024;
// What the kernel keeps for a semaphore and for a set of them, about.
constexpr std::uint64_t kSemaphoreBytes = 64;
constexpr std::uint64_t kSetBytes = 512;

// Where these stand in the rows of /proc/sysvipc, after key, number, permissions and more.
constexpr std::size_t kResidentColumn = 14;
constexpr std::size_t kSwappedColumn = 15;
constexpr std::size_t kSemaphoresColumn = 3;
constexpr std::size_t kMessageBytesColumn = 3;

using Row = std::vector<std::uint64_t>;

std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::string_view next_word(std::string_view& line) {
  const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  line.remove_prefix(begin);
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

std::optional<std::uint64_t> whole_number(std::string_view word) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
  if (read.ec != std::errc() || read.ptr != word.data() + word.size()) return std::nullopt;
  return number;
}

// Adds up, over the lines of a table below its heading, what `value` gives for a line's words.
template <typename Value>
std::uint64_t sum_rows(std::string_view table, Value value) {
  std::uint64_t sum = 0;
  next_line(table);
  while (!table.empty()) {
    std::string_view line = next_line(table);
    Row row;
    for (std::string_view word = next_word(line); !word.empty(); word = next_word(line))
      row.push_back(whole_number(word).value_or(0));  // permissions are octal, and not asked for
    sum += value(row);
  }
  return sum;
}

std::uint64_t column(const Row& row, std::size_t index) {
  return index < row.size() ? row[index] : 0;
}

std::string read_or_nothing(const ProcessTable& processes, const std::string& path) {
  return processes.read(path).value_or("");
}

std::uint64_t segments_in_use(const ProcessTable& processes) {
  return count_segments(read_or_nothing(processes, "sysvipc/shm"));
}

}  // namespace

std::optional<ProcessMemory> parse_process_memory(std::string_view text) {
  ProcessMemory memory;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string_view name = next_word(line);
    const bool is_own = name == "RssAnon:" || name == "VmSwap:" || name == "VmPTE:";
    if (!is_own && name != "RssShmem:") continue;
    const auto number = whole_number(next_word(line));
    if (!number) return std::nullopt;
    (is_own ? memory.own : memory.shared) += *number * kBytesPerKb;
  }
  return memory;
}

std::optional<std::uint64_t> parse_shared_part(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = next_line(text);
    if (next_word(line) != "Pss_Shmem:") continue;
    const auto number = whole_number(next_word(line));
    if (!number) return std::nullopt;
    return *number * kBytesPerKb;
  }
  return std::nullopt;
}

std::uint64_t count_segments(std::string_view shm) {
  return sum_rows(shm, [](const Row& row) {
    return column(row, kResidentColumn) + column(row, kSwappedColumn);
  });
}

std::uint64_t count_semaphores(std::string_view sem) {
  return sum_rows(sem, [](const Row& row) {
    return kSetBytes + kSemaphoreBytes * column(row, kSemaphoresColumn);
  });
}

std::uint64_t count_messages(std::string_view msg) {
  return sum_rows(msg, [](const Row& row) { return column(row, kMessageBytesColumn); });
}

std::uint64_t memory_in_use(const ProcessTable& processes, pid_t ancestor, std::uint64_t enough) {
  std::uint64_t own = count_semaphores(read_or_nothing(processes, "sysvipc/sem")) +
                      count_messages(read_or_nothing(processes, "sysvipc/msg"));
  std::uint64_t shared = 0;
  std::vector<std::string> sharers;
  for (const ProcessEntry& process :
       processes.descendants(ancestor).value_or(std::vector<ProcessEntry>{})) {
    // One whose first thread has ended shows nothing itself, while its other threads use as much.
    const std::string task = process.ended() ? processes.live_task(process.pid).value_or("")
                                             : std::to_string(process.pid);
    if (task.empty()) continue;
    const auto memory = parse_process_memory(read_or_nothing(processes, task + "/status"));
    if (!memory) continue;
    own += memory->own;
    shared += memory->shared;
    if (memory->shared > 0) sharers.push_back(task);
  }
  const std::uint64_t segments = segments_in_use(processes);
  if (own + std::max(shared, segments) <= enough) return own + std::max(shared, segments);
  shared = 0;
  for (const std::string& task : sharers)
    shared += parse_shared_part(read_or_nothing(processes, task + "/smaps_rollup")).value_or(0);
  return own + std::max(shared, segments);
}

}  // namespace chatspec
