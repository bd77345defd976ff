#include "harness/cell/isolation/inherited_limits.h"

#include <algorithm>
#include <array>
#include <pthread.h>
#include <string_view>

#include <fmt/format.h>
#include <sys/resource.h>

namespace chatspec {
namespace {

constexpr rlim_t kKiB = 1024;
constexpr rlim_t kUsualStack = 8192 * kKiB;  // what Linux gives by itself
constexpr rlim_t kLeastStack = 1024 * kKiB;  // in which every runtime that we know starts
constexpr rlim_t kOwnStack = 256 * kKiB;     // in which chatspec works
constexpr rlim_t kShadow = rlim_t{1} << 45;  // what AddressSanitizer reserves, and as much again

struct Need {
  __rlimit_resource resource;
  rlim_t least;
  rlim_t unit;  // of the shell's ulimit
  std::string_view option;
  std::string_view what;
  std::string_view who;
};
constexpr std::array kNeeds{
    Need{RLIMIT_STACK, kLeastStack, kKiB, "-s", "KiB of stack", "programs of many kinds"},
    Need{RLIMIT_AS, kShadow, kKiB, "-v", "KiB of address space", "sanitizers, Go and Java"},
    Need{RLIMIT_DATA, kShadow, kKiB, "-d", "KiB of data", "sanitizers, Go and Java"},
    Need{RLIMIT_NOFILE, 64, 1, "-n", "open files", "programs of many kinds"},
};

rlimit limit_of(__rlimit_resource resource) {
  rlimit limit{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
  getrlimit(resource, &limit);
  return limit;
}

}  // namespace

std::vector<Obstacle> find_narrow_limits() {
  std::vector<Obstacle> found;
  for (const Need& need : kNeeds) {
    const rlim_t limit = limit_of(need.resource).rlim_cur;
    if (limit >= need.least) continue;
    found.push_back(
        {.what = fmt::format("programs have no more than {} {}, too little for {}",
                             limit / need.unit, need.what, need.who),
         .remedy = fmt::format("start chatspec from a shell with a wider ulimit {}", need.option)});
  }
  return found;
}

std::expected<void, std::string> widen_stack() {
  rlimit limit = limit_of(RLIMIT_STACK);
  if (limit.rlim_cur >= kLeastStack) return {};
  const rlimit usual{.rlim_cur = kUsualStack, .rlim_max = std::max(kUsualStack, limit.rlim_max)};
  const rlimit most{.rlim_cur = std::min(kUsualStack, limit.rlim_max), .rlim_max = limit.rlim_max};
  if (setrlimit(RLIMIT_STACK, &usual) != 0) setrlimit(RLIMIT_STACK, &most);
  limit = limit_of(RLIMIT_STACK);
  if (limit.rlim_cur < kOwnStack) {
    return std::unexpected(
        fmt::format("the stack is limited to {} KiB (ulimit -s), in which neither chatspec nor "
                    "most programs can run; start it where `ulimit -Hs` shows {} or more",
                    limit.rlim_cur / kKiB, kLeastStack / kKiB));
  }
  // The C library has looked at the limit already, for the threads to come.
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kUsualStack);
  pthread_setattr_default_np(&attributes);
  pthread_attr_destroy(&attributes);
  return {};
}

}  // namespace chatspec
