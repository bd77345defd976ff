#include "harness/cell/kernel/memory_use.h"

#include <charconv>
#include <unistd.h>

namespace chatspec {
namespace {

// Takes a number and the blank behind it off `text`.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  if (!text.empty()) text.remove_prefix(1);
  return number;
}

}  // namespace

// In pages: size, resident, shared, … (proc(5)).
std::optional<std::uint64_t> parse_private_memory(std::string_view text) {
  const auto size = take_number(text);
  const auto resident = take_number(text);
  const auto shared = take_number(text);
  if (!size || !resident || !shared || *shared > *resident) return std::nullopt;
  return (*resident - *shared) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t memory_in_use(const ProcessTable& processes, pid_t ancestor) {
  std::uint64_t sum = 0;
  // Of what cannot be read now, the next look will tell.
  for (const ProcessEntry& process :
       processes.descendants(ancestor).value_or(std::vector<ProcessEntry>{})) {
    const auto statm = processes.read(std::to_string(process.pid) + "/statm");
    if (statm) sum += parse_private_memory(*statm).value_or(0);
  }
  return sum;
}

}  // namespace chatspec
