#include "harness/report/tally.h"

#include <numeric>

#include <fmt/format.h>

#include "harness/report/attempts_report.h"
#include "harness/report/known_report.h"

namespace chatspec {

std::size_t Tally::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), known_);
}

void Tally::add(const CaseRecord& played) {
  if (played.is_known()) {
    ++known_;
    return;
  }
  add(played.verdict);
  if (count_plays(played).is_flaky()) ++flaky_;
  if (fails_its_run(played) && !is_failure(played.verdict)) ++passed_though_known_;
}

void Tally::add(const BuildRecord& build) {
  if (build.verdict == Verdict::kFail) ++failed_builds_;
  if (build.verdict == Verdict::kError) add(build.verdict);
}

std::string Tally::to_string(const Style& style) const {
  std::string out;
  for (const VerdictWord& word : kVerdicts) {
    if (count(word.verdict) == 0) continue;
    out += fmt::format("{}{}", out.empty() ? "" : ", ",
                       style.paint(emphasis_of(word.verdict),
                                   fmt::format("{} {}", count(word.verdict), word.word)));
  }
  if (flaky_ > 0) out += fmt::format(" ({} of them flaky)", flaky_);
  if (known_ > 0) out += fmt::format("{}{} known", out.empty() ? "" : ", ", known_);
  if (passed_though_known_ > 0) {
    out += ", " + style.paint(Emphasis::kBad, fmt::format("{} not as known", passed_though_known_));
  }
  if (has_failed_build()) {
    out += fmt::format("{}{}", out.empty() ? "" : ", ", style.paint(Emphasis::kBad, "not built"));
  }
  return out.empty() ? "nothing was played" : out;
}

}  // namespace chatspec
