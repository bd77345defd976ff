// Asks a client in cells what it says, each time a fresh one. Those that are asked with care are
// started by their command alone.

#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "harness/cell/interrupt.h"
#include "harness/explore/asking/asking.h"
#include "harness/explore/asking/explored_client.h"

namespace chatspec {

class ClientAsker {
 public:
  // All of it borrowed.
  struct Settings {
    ClientSource source;
    const Interrupt& interrupt;
    std::uint64_t seed = 0;
    TimePoint end = TimePoint::max();  // when no more is asked; what has begun is broken off
  };
  explicit ClientAsker(const Settings& settings);

  // Of a client with these messages, at least one. Several may ask at a time. First it is asked
  // quickly, and where it answers otherwise than is expected, another one with care, whose word
  // counts. A client that ends without a connection has answered so, unless none ever made one.
  // `reached`: where the lines are put that the first of them has reached.
  Asked ask(std::span<const std::string> messages, const Dialogue& dialogue,
            ReachedLines* reached = nullptr);
  // With care, and until another time. That the time is over ends nothing else.
  Asked ask_afresh(std::span<const std::string> messages, const Dialogue& dialogue, TimePoint end);

  // Nothing as long as all was answered.
  std::optional<AskingEnd> end() const { return state_.end(); }
  AskingCounts counts() const { return state_.counts(); }

 private:
  using Played = std::expected<PlayedDialogue, CellFailure>;

  Played play(std::span<const std::string> messages, const Dialogue& dialogue, Pace pace,
              TimePoint end);
  Played play_once(std::span<const std::string> messages, const Dialogue& dialogue, Pace pace,
                   TimePoint end);
  std::expected<void, CellFailure> see_it_connect(TimePoint end);
  void see_aftermath(ExploredClient& client, std::string_view sent, PlayedDialogue& played);
  bool has_connected();
  void note_connected();

  Settings settings_;
  ClientSource careful_source_;  // that of the settings, by the command alone
  AskingState state_;
  std::mutex mutex_;  // guards what follows
  bool has_connected_ = false;
  bool is_slow_to_end_ = false;  // one could be seen neither to end nor to run on
  std::uint64_t started_ = 0;
};

}  // namespace chatspec
