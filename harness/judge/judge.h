// Script x transcript -> verdict with diagnosis. Pure: the same transcript has the same judgement
// wherever and whenever it is judged.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/judge/exchange.h"
#include "harness/judge/verdict.h"
#include "harness/script/script.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// One thing that is not as it should be.
struct Finding {
  FailureCode code{};
  std::size_t step = 0;       // of the script; its size where the end as a whole is meant
  std::string requirement{};  // where the finding names one by itself; else those that the scenario
                              // covers are meant
  std::string expected{};     // as the scenario says it, or the bytes; for people
  std::string received{};     // the bytes, unquoted; empty where nothing came
  std::string message{};      // what happened, in a sentence without a full stop
  std::string cause{};        // the likely reason, where one explains it; may be empty
  std::string evidence{};     // on what a finding of silence rests; else empty
  std::optional<QuietGrade> grade{};
};

struct Judgement {
  Verdict verdict = Verdict::kPass;
  std::optional<Finding>
      failure{};  // of fail, hang, crash, and of a `should` scenario that deviates
  std::vector<Finding> deviations{};  // taken, but not as it should be
  std::string reason{};               // of skipped and error
  bool is_unknown = false;  // an error only because it could not be told what the implementation
                            // was doing; another time it may be
  std::string left_over{};  // what the end of the cell found still there; may be empty
};

Judgement judge(const Script& script, chat::Level level, const Transcript& transcript);

}  // namespace chatspec
