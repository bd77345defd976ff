// The logs of parts of a run as the log of one run.

#pragma once

#include <expected>
#include <span>
#include <string>
#include <vector>

#include "harness/report/log/record.h"
#include "harness/report/log/run_of_log.h"

namespace chatspec {

struct LogPart {
  std::string name{};            // of its file, for messages
  std::vector<RunOfLog> runs{};  // borrows
};

// One run with the cases of all parts, in their order, or, where the parts are shards, in the order
// of the run that was dealt out; of the builds the first and each that went wrong. It has an end if
// every part has one. The error is a sentence that names the parts: where a run has no beginning,
// where it is not of the same suite, seed and implementation, played in the same way, where a case
// is there twice, or a shard twice or not at all.
std::expected<std::vector<Record>, std::string> merge_logs(std::span<const LogPart> parts);

}  // namespace chatspec
