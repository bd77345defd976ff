#include "harness/runs/case_result.h"

#include <cassert>

#include "harness/judge/judge.h"

namespace chatspec {

void judge_again(CaseResult& result) {
  assert(result.played && !result.script.steps.empty());
  result.judgement = judge(result.script, result.played->level(result.role), result.transcript,
                           result.circumstances);
}

}  // namespace chatspec
