#include "harness/cell/death_watch.h"

#include <algorithm>

namespace chatspec {

void DeathWatch::look(int folder, const std::vector<ProcessDeath>& orphans) {
  deaths_.clear();
  for (const CoreFile& core : find_core_files(folder)) {
    if (std::ranges::find(old_, core) != old_.end()) continue;
    deaths_.push_back({.signal = core.signal, .name = core.program});
  }
  if (deaths_.empty()) deaths_ = orphans;
}

}  // namespace chatspec
