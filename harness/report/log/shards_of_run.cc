#include "harness/report/log/shards_of_run.h"

#include <cstdint>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chatspec {
namespace {

std::string describe(const ShardRecord& shard) {
  return fmt::format("shard {} of {}", shard.number, shard.count);
}

// Whether two runs may be shards of one run.
std::expected<void, std::string> check_kin(const NamedRun& first, const NamedRun& other) {
  const auto& one = first.run->run->shard;
  const auto& two = other.run->run->shard;
  if (one.has_value() != two.has_value()) {
    const NamedRun& shard = one ? first : other;
    return std::unexpected(fmt::format("{} is {}, and {} is none", shard.log,
                                       describe(one ? *one : *two), (one ? other : first).log));
  }
  if (one && one->count != two->count) {
    return std::unexpected(fmt::format("{} is {}, and {} is {}: they are not of one run", first.log,
                                       describe(*one), other.log, describe(*two)));
  }
  if (one && (one->cases != two->cases || first.run->run->selection != other.run->run->selection)) {
    return std::unexpected(
        fmt::format("{} and {} are shards of different runs: other scenarios were selected",
                    first.log, other.log));
  }
  return {};
}

std::string list_missing(const std::map<std::uint64_t, const NamedRun*>& by_number,
                         std::uint64_t count) {
  constexpr std::size_t kMostNamed = 10;
  std::vector<std::uint64_t> missing;
  for (std::uint64_t number = 1; number <= count && missing.size() <= kMostNamed; ++number) {
    if (!by_number.contains(number)) missing.push_back(number);
  }
  if (missing.empty()) return {};
  const bool are_more = missing.size() > kMostNamed;
  if (are_more) missing.pop_back();
  return fmt::format("shard{} {}{} of {}", missing.size() > 1 ? "s" : "", fmt::join(missing, ", "),
                     are_more ? " and others" : "", count);
}

}  // namespace

std::expected<void, std::string> check_shards(std::span<const NamedRun> runs) {
  std::map<std::uint64_t, const NamedRun*> by_number;
  std::uint64_t cases = 0;
  for (const NamedRun& run : runs) {
    if (auto kin = check_kin(runs.front(), run); !kin) return kin;
    cases += run.run->run->cases;
    const auto& shard = run.run->run->shard;
    if (!shard) continue;
    const auto [first, is_new] = by_number.emplace(shard->number, &run);
    if (is_new) continue;
    return std::unexpected(
        fmt::format("{} is in {} and again in {}", describe(*shard), first->second->log, run.log));
  }
  if (by_number.empty()) return {};
  const ShardRecord& shard = *runs.front().run->run->shard;
  if (const std::string missing = list_missing(by_number, shard.count); !missing.empty())
    return std::unexpected(fmt::format("the log of {} is missing", missing));
  if (cases == shard.cases) return {};
  return std::unexpected(fmt::format(
      "the shards have {} cases together, and {} were selected: each must be given the same "
      "--timings, or none",
      cases, shard.cases));
}

}  // namespace chatspec
