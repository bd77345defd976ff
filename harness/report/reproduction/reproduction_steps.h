// What a case did on its connections, as steps that another program can play without chatspec, and
// what should have come: records -> steps.

#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "harness/report/log/record.h"

namespace chatspec {

enum class PlayAction {
  kConnect,        // connect to the server, or accept the client
  kSend,           // `bytes`, one text, in one segment
  kAwaitReading,   // until the program has read what was sent
  kExpect,         // one of the texts in `bytes`
  kExpectNothing,  // for as long as silence is waited for
  kExpectClose,    // the end of the stream, without anything before
  kHalfClose,
  kClose,
  kReset,
  kRestart,        // end the program and start it again on its port
  kExpectRefusal,  // that no connection is accepted: the program's files are wrong
  kExpectNoKill,   // that no signal ends the program
  kLook,           // what should come cannot be told by bytes: a person has to look
};

struct PlayStep {
  PlayAction action = PlayAction::kLook;
  std::uint64_t connection = 0;
  std::vector<std::string> bytes{};
  bool may_reset = false;         // of kExpectClose
  std::uint64_t script_step = 0;  // during which it began

  bool operator==(const PlayStep&) const = default;
};

// The steps up to the failure, with what is due in place of what came; of a case that passes, all
// of them. The error says in a sentence why it cannot be played.
std::expected<std::vector<PlayStep>, std::string> list_play_steps(const RunRecord& run,
                                                                  const CaseRecord& record);

}  // namespace chatspec
