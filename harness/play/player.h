// Plays a script with an implementation in a cell: script x cell -> transcript.
//
// The player decides nothing. It does what the script says the harness does; where something is
// expected it waits until the judge's matcher needs no more. The first thing that is not as
// expected ends the conversation, and what is then known goes to the judge.

#pragma once

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/play/command.h"
#include "harness/script/script.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// `command` is null where there is nothing to start (a remote server). The cell is fresh, and
// stopped afterwards.
Transcript play(const Script& script, Cell& cell, const Command* command, const Clock& clock);

}  // namespace chatspec
