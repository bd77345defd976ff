#include "harness/runs/remote_watch.h"

#include "harness/judge/judge.h"

namespace chatspec {
namespace {

bool was_refused(const Judgement& judgement) {
  return judgement.failure && judgement.failure->code == FailureCode::kRefused;
}

bool was_played(const Judgement& judgement) {
  return judgement.verdict != Verdict::kSkipped && judgement.verdict != Verdict::kError;
}

}  // namespace

// Only a refusal proves that nobody is there. Whoever is slow may be there still.
bool RemoteWatch::takes_no_connection() {
  const auto cell = cells_.open(Role::kServer, 0);
  if (!cell) return false;
  const auto connection = (*cell)->connect();
  return !connection && connection.error().kind == CellFailure::Kind::kNoConnection &&
         connection.error().grade == QuietGrade::kProven;
}

CaseResult RemoteWatch::look_at(CaseResult result) {
  const std::lock_guard lock(mutex_);
  if (result.script.steps.empty()) return result;  // it was not played
  if (!served_last_.empty()) {
    result.circumstances.served_last = served_last_;
    result.circumstances.is_gone =
        may_have_gone(result.judgement, result.transcript) && takes_no_connection();
    judge_again(result);
  }
  if (was_played(result.judgement) && !was_refused(result.judgement))
    served_last_ = result.played->id;
  return result;
}

}  // namespace chatspec
