#include "harness/cell/process/death_watch.h"

#include <algorithm>

namespace chatspec {

Reading<void> DeathWatch::begin(int folder) {
  auto found = find_core_files(folder);
  if (!found) return std::unexpected(found.error());
  old_ = *std::move(found);
  return {};
}

void DeathWatch::look(int folder, const std::vector<ProcessDeath>& orphans) {
  deaths_.clear();
  const auto found = find_core_files(folder);
  if (!found) unread_ = found.error();
  for (const CoreFile& core : found.value_or(std::vector<CoreFile>{})) {
    if (std::ranges::find(old_, core) != old_.end()) continue;
    deaths_.push_back({.signal = core.signal, .name = core.program});
  }
  if (deaths_.empty()) deaths_ = orphans;
}

}  // namespace chatspec
