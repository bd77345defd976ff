// The part of the judge that walks through a script: each step beside what happened in it, up to
// the first difference.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/judge/findings/finding.h"
#include "harness/judge/judgement.h"
#include "harness/script/script.h"

namespace chatspec {

struct ConversationResult {
  std::optional<Finding> failure{};   // the first thing that is not as it should be
  std::vector<Finding> deviations{};  // before it
  // kServedOne: nobody can say more, whatever happened; kOutputUnseen: why a step about the program
  // was not judged.
  std::optional<SkipReason> skip{};
  std::string trouble{};  // the transcript is not one of this script; else empty
};

ConversationResult judge_conversation(const Script& script, const std::vector<Event>& events);

}  // namespace chatspec
