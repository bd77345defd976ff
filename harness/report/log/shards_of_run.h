// Whether logs are those of all the shards of one run.

#pragma once

#include <expected>
#include <span>
#include <string>

#include "harness/report/log/run_of_log.h"

namespace chatspec {

// A run and the log that it is in.
struct NamedRun {
  std::string log{};              // of its file, for messages
  const RunOfLog* run = nullptr;  // it has a beginning
};

// Nothing where no run is a shard; else the error, a sentence that names the logs: where one is
// none, where one is missing or there twice, or where they were not dealt out of the same cases.
std::expected<void, std::string> check_shards(std::span<const NamedRun> runs);

}  // namespace chatspec
