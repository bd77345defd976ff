#include "harness/cell/isolation/guests.h"

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <unistd.h>

namespace chatspec {
namespace {

// No user of any system: above what distributions and containers give out.
constexpr std::int64_t kFirstGuest = 2'000'000'000;
constexpr std::int64_t kProcessNumbers = 4'194'304;  // Linux numbers them below this

bool is_mapped(const char* path) {
  std::ifstream file(path);
  return maps_guests(std::string(std::istreambuf_iterator<char>(file), {}));
}

}  // namespace

bool has_guests() {
  static const bool has =
      geteuid() == 0 && is_mapped("/proc/self/uid_map") && is_mapped("/proc/self/gid_map");
  return has;
}

std::int64_t guest_of(pid_t supervisor) {
  return kFirstGuest + supervisor;
}

bool maps_guests(std::string_view map) {
  std::istringstream lines{std::string(map)};
  for (std::int64_t first = 0, outside = 0, count = 0; lines >> first >> outside >> count;) {
    if (first <= kFirstGuest && first + count >= kFirstGuest + kProcessNumbers) return true;
  }
  return false;
}

}  // namespace chatspec
