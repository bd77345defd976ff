// Script x transcript x circumstances -> verdict with diagnosis. Pure: the same transcript has the
// same judgement wherever and whenever it is judged.

#pragma once

#include "harness/judge/circumstances.h"
#include "harness/judge/judgement.h"
#include "harness/script/script.h"
#include "harness/transcript/transcript.h"
#include "reference/requirements.h"

namespace chatspec {

// `script` as it was played: segmented, and with the cut of the circumstances, if any.
Judgement judge(const Script& script, chat::Level level, const Transcript& transcript,
                const Circumstances& circumstances = {});

// Whether a server that somebody else started cut its client off in a way that would come about,
// too, where it has gone: its kernel takes connections as long as it has not ended, and resets them
// then. Then it is worth looking whether it is still there.
bool may_have_gone(const Judgement& judgement, const Transcript& transcript);

}  // namespace chatspec
