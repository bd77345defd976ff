#include "harness/runs/case_result.h"

#include <cassert>
#include <utility>

#include "harness/judge/judge.h"

namespace chatspec {

CaseResult make_skipped(const Case& played, SkipReason reason) {
  return {.played = &played, .judgement = make_skipped(std::move(reason))};
}

void judge_again(CaseResult& result) {
  assert(result.played && !result.script.steps.empty());
  result.judgement = judge(result.script, result.played->level(result.role), result.transcript,
                           result.circumstances);
}

}  // namespace chatspec
