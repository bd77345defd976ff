#include "harness/judge/faults/exit_text.h"

#include <cstring>

#include <fmt/format.h>

namespace chatspec {

std::string describe_exit(const ExitStatus& exit) {
  if (!exit.by_signal) return fmt::format("it ended with status {}", exit.value);
  return fmt::format("it was killed by {}", describe_signal(exit.value));
}

std::string describe_signal(int number) {
  return fmt::format("signal {} ({})", number,
                     sigdescr_np(number) ? sigdescr_np(number) : "unknown");
}

}  // namespace chatspec
