// Measures how much work a conversation is for a program: the processor time that it uses for one,
// from its start until all is said but the end, with the reference as its peer.

#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <span>
#include <string>

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/explore/growth/growth.h"
#include "harness/play/command.h"
#include "reference/profile.h"

namespace chatspec {

// A program that is started for each conversation, all of it borrowed.
struct MeteredProgram {
  Role role;
  CellFactory& cells;
  const Command& command;
  const chat::Profile& profile;
  const Clock& clock;
  const Interrupt& interrupt;
};

// The processor time of its busiest thread, whatever else the machine does meanwhile. Nothing is
// waited for longer than `end`. The profile must have line ends.
std::expected<std::chrono::nanoseconds, GrowthStop> measure_work(
    const MeteredProgram& program, std::span<const std::string> messages, std::uint64_t seed,
    TimePoint end);

}  // namespace chatspec
