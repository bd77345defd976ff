// Which shard of a run is meant: by the option, or by what starts several at a time.

#pragma once

#include <expected>
#include <string>

#include "harness/cli/console/environment.h"
#include "harness/suite/shards.h"

namespace chatspec {

struct ShardChoice {
  Shard shard{};
  std::string status_file{};  // to be made, as a sign that shards are understood; "" where none is
};

// Of "2/4", the second of four; of "auto", what the variables say of the first tool of a table that
// has set its own; of "auto/4" the same, where they do not say how many there are. The error is a
// sentence without a full stop.
std::expected<ShardChoice, std::string> choose_shard(const std::string& word,
                                                     const Environment& environment);

}  // namespace chatspec
