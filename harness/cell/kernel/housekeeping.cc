#include "harness/cell/kernel/housekeeping.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace chatspec {
namespace {

// How their names begin; the kernel keeps fifteen characters of a name. Threads that run what the
// program gives them, such as those of a pool or of timers, are not among them. A program that
// calls one of its own so is waited for less long, to its own harm only.
constexpr std::array<std::string_view, 20> kHousekeepers{
    // HotSpot
    "C1 CompilerThre", "C2 CompilerThre", "Common-Cleaner", "G1 ", "GC Thread#", "Monitor Deflati",
    "Notification Th", "Service Thread", "Signal Dispatch", "Sweeper thread", "VM Periodic Tas",
    "VM Thread",
    // .NET and Mono
    ".NET EventPipe", ".NET Finalizer", ".NET SigHandler", ".NET SynchManag", ".NET Tiered Com",
    "Finalizer", "SGen worker",
    // Ruby
    "ruby-timer-thr"};

}  // namespace

bool keeps_house(const ProcessTable& processes, const ThreadView& thread, const Wait& wait) {
  if (wait.is_far) return true;
  const auto name = processes.read(thread.path() + "/comm");
  return name && std::ranges::any_of(kHousekeepers, [&](std::string_view beginning) {
           return name->starts_with(beginning);
         });
}

}  // namespace chatspec
