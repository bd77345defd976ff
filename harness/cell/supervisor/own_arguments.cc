#include "harness/cell/supervisor/own_arguments.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <sstream>
#include <string>

#include "harness/cell/kernel/process_table.h"

namespace chatspec {

// The kernel reads the command line from the process's own memory: proc(5) tells from where, as the
// 48th and 49th word of its stat, or the 46th and 47th after the name, in which blanks may be.
void forget_arguments(std::string_view name) {
  constexpr int kBehindName = 46;
  const std::string stat = ProcessTable::of_host().read("self/stat").value_or("");
  const std::size_t end_of_name = stat.rfind(')');
  if (end_of_name == std::string::npos) return;
  std::istringstream words(stat.substr(end_of_name + 1));
  std::string skipped;
  for (int i = 1; i < kBehindName; ++i) words >> skipped;
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
  if (!(words >> begin >> end) || begin == 0 || end <= begin) return;
  auto* const arguments = reinterpret_cast<char*>(begin);  // NOLINT(performance-no-int-to-ptr)
  std::memset(arguments, 0, end - begin);
  std::memcpy(arguments, name.data(), std::min(name.size(), end - begin - 1));
}

}  // namespace chatspec
