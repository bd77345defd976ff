#include "harness/suite/shards.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <numeric>
#include <set>
#include <utility>

namespace chatspec {
namespace {

using Duration = std::chrono::microseconds;

// What counts for cases that the timings do not have.
Duration find_median(std::span<const Case* const> cases, const Timings& timings) {
  std::vector<Duration> known;
  for (const Case* one : cases) {
    if (const auto found = timings.find(one->id); found != timings.end())
      known.push_back(found->second);
  }
  if (known.empty()) return Duration(1);
  const auto middle = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
  std::ranges::nth_element(known, middle);
  return *middle;
}

// For each case the number of the shard that tells it, from 0.
std::vector<std::size_t> deal_out(std::span<const Case* const> cases, std::size_t count,
                                  const Timings& timings) {
  const Duration median = find_median(cases, timings);
  std::vector<Duration> durations;
  for (const Case* one : cases) {
    const auto found = timings.find(one->id);
    durations.push_back(found == timings.end() ? median : found->second);
  }
  std::vector<std::size_t> longest_first(cases.size());
  std::iota(longest_first.begin(), longest_first.end(), std::size_t{0});
  std::ranges::stable_sort(longest_first, std::greater(),
                           [&](std::size_t i) { return durations[i]; });
  count = std::min(count, cases.size());  // each further one would have nothing to do
  std::vector<Duration> loads(count);
  std::vector<std::size_t> cases_of(count);
  std::vector<std::size_t> owners(cases.size());
  for (const std::size_t i : longest_first) {
    std::size_t least = 0;
    for (std::size_t shard = 1; shard < count; ++shard) {
      if (std::pair(loads[shard], cases_of[shard]) < std::pair(loads[least], cases_of[least]))
        least = shard;
    }
    owners[i] = least;
    loads[least] += durations[i];
    ++cases_of[least];
  }
  return owners;
}

// The scenarios among those of `whole` that these need, directly or by another.
std::set<std::string> find_needed(std::span<const Case* const> whole,
                                  std::vector<const Case*> open) {
  std::multimap<std::string, const Case*> by_scenario;
  for (const Case* one : whole) by_scenario.emplace(one->file->id, one);
  std::set<std::string> needed;
  while (!open.empty()) {
    const Case* one = open.back();
    open.pop_back();
    for (const std::string& need : one->needs()) {
      if (!needed.insert(need).second) continue;
      for (auto [next, end] = by_scenario.equal_range(need); next != end; ++next)
        open.push_back(next->second);
    }
  }
  return needed;
}

}  // namespace

ShardCases take_shard(std::span<const Case* const> whole, Shard shard, const Timings& timings) {
  assert(shard.number >= 1 && shard.number <= shard.count);
  const std::vector<std::size_t> owners = deal_out(whole, shard.count, timings);
  ShardCases taken;
  std::vector<const Case*> own;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (owners[i] + 1 != shard.number) continue;
    taken.places.emplace(whole[i], i + 1);
    own.push_back(whole[i]);
  }
  const std::set<std::string> needed = find_needed(whole, std::move(own));
  for (const Case* one : whole) {
    if (taken.places.contains(one) || needed.contains(one->file->id)) taken.cases.push_back(one);
  }
  return taken;
}

}  // namespace chatspec
