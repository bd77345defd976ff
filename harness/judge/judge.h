// Script x transcript -> verdict with diagnosis. Pure: the same transcript has the same judgement
// wherever and whenever it is judged.

#pragma once

#include "harness/judge/judgement.h"
#include "harness/script/script.h"
#include "harness/transcript/transcript.h"
#include "reference/requirements.h"

namespace chatspec {

Judgement judge(const Script& script, chat::Level level, const Transcript& transcript);

}  // namespace chatspec
