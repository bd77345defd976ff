#include "harness/report/attempts_report.h"

#include <map>

#include <fmt/format.h>

namespace chatspec {
namespace {

// "wrong-signature 2, no-answer 1"
std::string list_codes(const CaseRecord& record) {
  std::map<std::string, std::size_t> counts;
  for (const AttemptRecord& attempt : record.attempts) {
    if (is_failure(attempt.verdict)) ++counts[attempt.code];
  }
  std::string list;
  for (const auto& [code, count] : counts)
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", code, count);
  return list;
}

}  // namespace

PlayCounts count_plays(const CaseRecord& record) {
  if (record.attempts.empty()) {
    return {.plays = record.verdict == Verdict::kSkipped ? 0U : 1U,
            .failed = is_failure(record.verdict) ? 1U : 0U,
            .unjudged = record.verdict == Verdict::kError ? 1U : 0U};
  }
  PlayCounts counts{.plays = record.attempts.size()};
  for (const AttemptRecord& attempt : record.attempts) {
    if (is_failure(attempt.verdict)) ++counts.failed;
    if (attempt.verdict == Verdict::kError) ++counts.unjudged;
  }
  return counts;
}

std::string describe_attempts(const CaseRecord& record) {
  if (record.attempts.empty()) return {};
  const PlayCounts counts = count_plays(record);
  std::string text;
  if (counts.failed == 0) {
    text = fmt::format("failed in none of {} plays", counts.plays);
  } else if (counts.is_flaky()) {
    text = fmt::format("flaky: failed in {} of {} plays ({})", counts.failed, counts.plays,
                       list_codes(record));
  } else {
    text = fmt::format("failed in each of {} plays ({})", counts.plays - counts.unjudged,
                       list_codes(record));
  }
  if (counts.unjudged > 0) text += fmt::format("; {} could not be judged", counts.unjudged);
  return text;
}

}  // namespace chatspec
