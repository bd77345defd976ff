// What of a suite a command line of `chatspec run` plays, in which order, and which part of that.

#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/console/console.h"
#include "harness/cli/options/suite_location.h"
#include "harness/cli/run/run_arguments.h"
#include "harness/cli/run/run_plan.h"
#include "harness/report/log/record.h"
#include "harness/suite/choice.h"

namespace chatspec {

// What is to be played of a suite, in the order of the run, or nothing where that would not be what
// was meant; which is told.
std::optional<Choice> choose(const std::vector<Case>& all, const WantedSuite& wanted,
                             const RunArguments& arguments, const RunPlan& plan, Console& console);

// What a run plays, and what it tells of that.
struct Part {
  std::vector<const Case*> cases{};             // in their order
  std::map<const Case*, std::size_t> places{};  // of a shard: of the cases that are its own
  std::optional<ShardRecord> shard{};

  std::size_t count_own() const { return shard ? places.size() : cases.size(); }
};

// All of it, or the shard that the plan says.
Part take_part(std::vector<const Case*> whole, const RunPlan& plan);

// Makes the file that Bazel looks for, to see that whoever is tested knows of shards. The error is
// a sentence.
std::expected<void, std::string> sign_shard(const RunPlan& plan);

}  // namespace chatspec
