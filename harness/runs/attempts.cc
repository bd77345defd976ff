#include "harness/runs/attempts.h"

#include <utility>
#include <vector>

namespace chatspec {
namespace {

// How much a play says of the program beside others: of two that say the same the first counts.
int weight_of(Verdict verdict) {
  if (is_failure(verdict)) return 3;
  if (verdict == Verdict::kDeviates) return 2;
  return verdict == Verdict::kError ? 0 : 1;
}

Attempt make_attempt(const CaseResult& result) {
  Attempt attempt{.verdict = result.judgement.verdict, .duration = result.duration};
  if (result.judgement.failure) attempt.code = result.judgement.failure->code;
  return attempt;
}

bool is_good(Verdict verdict) {
  return !is_failure(verdict) && verdict != Verdict::kError;
}

// Whether the case is to be played once more after these.
bool is_wanted_again(const Repetition& repetition, const std::vector<Attempt>& attempts) {
  const Verdict last = attempts.back().verdict;
  if (last == Verdict::kSkipped) return false;
  const bool is_over = repetition.until_failure && !is_good(last);
  if (attempts.size() < repetition.times) return !is_over;
  return !is_good(last) && attempts.size() < repetition.times + repetition.retries;
}

}  // namespace

CaseResult play_attempts(const Repetition& repetition, const std::function<CaseResult()>& play,
                         const std::function<bool()>& may_go_on) {
  CaseResult counts = play();
  std::vector<Attempt> attempts{make_attempt(counts)};
  while (is_wanted_again(repetition, attempts) && may_go_on()) {
    CaseResult next = play();
    attempts.push_back(make_attempt(next));
    if (weight_of(next.judgement.verdict) > weight_of(counts.judgement.verdict))
      counts = std::move(next);
  }
  if (attempts.size() > 1) counts.attempts = std::move(attempts);
  return counts;
}

}  // namespace chatspec
