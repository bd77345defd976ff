// Asks a program conversations, finds the answers that the protocol does not allow, and makes them
// as short as they can be.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/explore/fuzz/cause.h"
#include "harness/explore/fuzz_partner.h"
#include "harness/explore/protocol/planned_conversation.h"

namespace chatspec {

// A conversation, up to the step that was answered otherwise.
struct AskedDifference {
  PlannedConversation plan{};
  FindingCause cause{};                     // answers as they were
  std::vector<std::string> requirements{};  // the first is that of the cause

  // Whether it is about the same, however much is left of the conversation.
  bool shows(const AskedDifference& other) const;
};

class FuzzAsker {
 public:
  // All of it borrowed.
  struct Settings {
    FuzzPartner& partner;
    const Interrupt& interrupt;
    const Clock& clock;
    std::size_t jobs = 1;              // conversations at a time
    TimePoint end = TimePoint::max();  // when no more is asked
  };
  explicit FuzzAsker(const Settings& settings) : settings_(settings) {}

  struct Answered {
    PlannedConversation plan;
    Asked answers;
    ReachedLines reached{};  // for the first time by this program, as far as it tells them
  };

  // Several at a time, in the order of the conversations.
  std::vector<Answered> ask(std::span<const SaidConversation> conversations);
  // Nothing where all was answered as it may be, or not answered.
  std::optional<AskedDifference> find_difference_in(const Answered& answered) const;

  // What the same bytes show where each unit is said when the one before was answered, if that is
  // something else: the mistake behind it, of which cuts and joins show another side.
  std::optional<AskedDifference> find_patient(const AskedDifference& difference);
  // The shortest conversation that shows it, as far as that is found by `end`.
  AskedDifference shorten(const AskedDifference& difference, std::size_t least_keys, TimePoint end);

  struct ShownAgain {
    std::size_t played = 0;  // as far as there was time
    std::size_t shown = 0;
  };
  // Plays it so often with fresh programs.
  ShownAgain show_again(const AskedDifference& difference, std::size_t times);

 private:
  Settings settings_;
};

}  // namespace chatspec
