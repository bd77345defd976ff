// Asks a server in cells what it answers.
//
// A server that serves on is kept and asked again, and first each is asked quickly. What is
// remembered between two conversations, and what comes late, must not be taken for what happens in
// one: where a server answers otherwise than is expected, a fresh one is asked with care, and its
// word counts. That one is started by its command alone, whatever stands before it for the others.

#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "harness/cell/interrupt.h"
#include "harness/explore/asking/asking.h"
#include "harness/explore/asking/server_supply.h"

namespace chatspec {

class ServerAsker {
 public:
  // All of it borrowed.
  struct Settings {
    ServerSource source;
    const Interrupt& interrupt;
    std::uint64_t seed = 0;
    std::size_t jobs = 1;              // conversations at a time
    TimePoint end = TimePoint::max();  // when no more is asked; what has begun is broken off
  };
  explicit ServerAsker(const Settings& settings);

  // `who` < jobs: several may ask at a time, each with a
  // number of its own. The dialogue is followed once; what is said again is what it said then.
  // `reached`: where the lines are added that the server has reached and has not told before.
  Asked ask(std::size_t who, const Dialogue& dialogue, ReachedLines* reached = nullptr);
  // Asks a server that has served nobody yet, with care, and until another time. That the time is
  // over ends nothing else.
  Asked ask_afresh(std::size_t who, const Dialogue& dialogue, TimePoint end);

  // Nothing as long as all was answered.
  std::optional<AskingEnd> end() const { return state_.end(); }
  AskingCounts counts() const;

 private:
  // Of one who asks; several may ask at a time.
  using Kept = std::optional<ExploredServer>;
  struct Played : PlayedDialogue {
    bool was_fresh = true;
  };

  std::expected<Played, CellFailure> play(Kept& kept, const Dialogue& dialogue, Pace pace,
                                          TimePoint end);
  std::expected<std::unique_ptr<ProgramConversation>, CellFailure> connect(Kept& kept, Pace pace,
                                                                           TimePoint end);
  void see_aftermath(Kept& kept, ProgramConversation& conversation, Played& played, TimePoint end);
  // Whether servers that are asked with care are started otherwise than those that are not.
  bool starts_apart() const { return !settings_.source.start.is_plain(); }
  ServerSupply& supply_for(Pace pace) {
    return pace == Pace::kCareful && starts_apart() ? careful_supply_ : supply_;
  }
  std::expected<Played, CellFailure> play_afresh(Kept& kept, const Played& before);

  Settings settings_;
  AskingState state_;
  std::mutex mutex_;  // guards the next two
  bool keeps_ = true;
  bool is_slow_to_end_ = false;
  ServerSupply supply_;
  ServerSupply careful_supply_;  // where they start apart
  std::vector<Kept> kept_;       // by who asks; ends before the supplies
};

}  // namespace chatspec
