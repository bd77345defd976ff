// The end of a play: lets the implementation end by itself where that matters, stops what is left,
// and keeps what it wrote.

#pragma once

#include "harness/cell/cell.h"
#include "harness/play/conversation.h"
#include "harness/play/recording.h"
#include "harness/script/script.h"

namespace chatspec {

// The cell is stopped afterwards. What the rest of the script, from the recording's step on, wants
// of the program itself is awaited before, unless the conversation ended elsewhere.
void end_program(const Script& script, Cell& cell, bool is_started_by_us,
                 Conversation& conversation, Recording& recording);

}  // namespace chatspec
