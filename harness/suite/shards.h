// A suite that several runs play, a part each.

#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "harness/suite/case.h"

namespace chatspec {

// One of the parts of a run: that of this number, from 1, of so many.
struct Shard {
  std::size_t number = 1;
  std::size_t count = 1;

  bool operator==(const Shard&) const = default;
};

// What one shard plays.
struct ShardCases {
  std::vector<const Case*> cases{};             // in the order of the whole
  std::map<const Case*, std::size_t> places{};  // of those that it tells, from 1, in the whole
};

// How long cases took in an earlier run, by id.
using Timings = std::map<std::string, std::chrono::microseconds>;

// Every case of the whole is told by one shard; together with what it needs, which several shards
// may play, so that each comes to the same as in one run. The longest cases are dealt out first,
// each to the shard that has least to do. One whose time is not known counts as the median of the
// others; where none is known all count the same. Follows from the arguments alone.
ShardCases take_shard(std::span<const Case* const> whole, Shard shard, const Timings& timings);

}  // namespace chatspec
