#include "harness/report/log/run_of_log.h"

#include <algorithm>

namespace chatspec {

bool RunOfLog::was_built() const {
  return std::ranges::all_of(
      builds, [](const BuildRecord* build) { return build->verdict == Verdict::kPass; });
}

bool RunOfLog::is_whole() const {
  if (!run || !end || end->interrupted || end->is_out_of_time()) return false;
  return !was_built() || cases.size() == run->cases;
}

std::vector<RunOfLog> group_runs(std::span<const Record> records) {
  std::vector<RunOfLog> runs;
  bool open = false;  // the last one may have more
  for (const Record& record : records) {
    const auto* run = std::get_if<RunRecord>(&record);
    if (run || !open) runs.push_back({.run = run});
    open = true;
    if (const auto* build = std::get_if<BuildRecord>(&record)) {
      runs.back().builds.push_back(build);
    } else if (const auto* opening = std::get_if<OpeningRecord>(&record)) {
      runs.back().opening = opening;
      runs.back().cases_before_opening = runs.back().cases.size();
    } else if (const auto* played = std::get_if<CaseRecord>(&record)) {
      runs.back().cases.push_back(played);
    } else if (const auto* end = std::get_if<EndRecord>(&record)) {
      runs.back().end = end;
      open = false;
    }
  }
  return runs;
}

}  // namespace chatspec
