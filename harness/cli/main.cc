#include <csignal>

#include "harness/cell/isolation/inherited_limits.h"
#include "harness/cli/command_line.h"
#include "harness/cli/console/standard_streams.h"

int main(int argc, char** argv) {
  using namespace chatspec;
  hold_standard_streams();
  StandardStreams console;
  if (const auto wide = widen_stack(); !wide) {
    console.complain(wide.error());
    return static_cast<int>(ExitCode::kUsage);
  }
  std::signal(SIGPIPE, SIG_IGN);  // to end in order, the programs under test too
  std::signal(SIGXFSZ, SIG_IGN);  // so does a file that grows no more (ulimit -f)
  return static_cast<int>(run_command_line({argv + 1, argv + argc}, console));
}
