// Plays a client against a server: two cells × materials -> transcript.

#pragma once

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/grid/pair_materials.h"
#include "harness/grid/pair_transcript.h"
#include "harness/play/command.h"
#include "reference/profile.h"

namespace chatspec {

// A program, and the fresh cell in which it is to live.
struct PairSide {
  Cell& cell;
  const Command& command;
};

// Both cells are stopped afterwards.
PairTranscript play_pair(const PairSide& client, const PairSide& server,
                         const chat::Profile& profile, const PairMaterials& materials,
                         const Clock& clock);

}  // namespace chatspec
