// What a run found, as records of its log.

#pragma once

#include <chrono>
#include <string>

#include "harness/cell/process/build.h"
#include "harness/cli/run/run_plan.h"
#include "harness/report/log/record.h"

namespace chatspec {

// What only the run itself knows.
struct RunCircumstances {
  std::string isolation;
  std::string isolation_note;
  std::string suite;  // its hash
  std::uint64_t cases = 0;
  std::optional<ShardRecord> shard{};
  std::optional<ProfileChoiceRecord> profile_choice{};
};

// `started` is when the run began.
RunRecord make_run_record(const RunArguments& arguments, const RunPlan& plan,
                          const RunCircumstances& circumstances,
                          std::chrono::system_clock::time_point started);

BuildRecord make_build_record(const std::string& command, const BuildResult& result,
                              std::chrono::nanoseconds duration);

}  // namespace chatspec
