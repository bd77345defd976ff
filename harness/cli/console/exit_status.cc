#include "harness/cli/console/exit_status.h"

#include <algorithm>

namespace chatspec {

ExitCode exit_code_of(const Tally& tally, bool interrupted, bool has_gone) {
  if (interrupted) return ExitCode::kInterrupted;
  if (tally.count(Verdict::kError) > 0) return ExitCode::kInternal;
  const bool failed = std::ranges::any_of(kVerdicts, [&](const VerdictWord& word) {
    return is_failure(word.verdict) && tally.count(word.verdict) > 0;
  });
  if (tally.has_failed_build()) return ExitCode::kNotBuilt;
  if (failed || tally.passed_though_known() > 0) return ExitCode::kFailed;
  const bool all_skipped = tally.count(Verdict::kSkipped) == tally.total();
  return has_gone || all_skipped ? ExitCode::kNothing : ExitCode::kGood;
}

}  // namespace chatspec
