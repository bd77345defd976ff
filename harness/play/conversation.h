// The part of playing that talks: does what the script says the harness does and waits, where
// something is expected, until the judge's matcher needs no more. The first thing that is not as
// expected ends it.

#pragma once

#include <map>
#include <optional>
#include <string>

#include "harness/cell/cell.h"
#include "harness/judge/findings/matcher.h"
#include "harness/play/program_start.h"
#include "harness/play/recording.h"
#include "harness/script/script.h"

namespace chatspec {

// Borrows all that it is given.
class Conversation {
 public:
  Conversation(const Script& script, Cell& cell, ProgramStart& program, Recording& recording);

  // Up to the first difference, or to the first step that is about the program itself, which is
  // then the recording's.
  void play();
  // Our side of every connection; an implementation may wait for that before it ends.
  void close();

  // Whether neither side has ended some connection.
  bool is_open() const;
  // Whether the implementation has ended some connection.
  bool has_broken_off() const;

 private:
  struct Stream {
    Cell::ConnectionId id = 0;
    std::string received{};
    std::size_t consumed = 0;  // of it, by the steps so far
    StreamState state = StreamState::kOpen;
    bool ended_by_us = false;  // as the script says
  };

  // Each of these gives whether to go on.
  bool play_step(const Step& step);
  bool restart();
  bool connect(int connection);
  bool note_errors_before(int connection);
  bool act(const Step& step);
  bool send(const Step& step);
  bool note_arrivals(int connection);
  bool expect(const Step& step);
  bool see(int connection, const StreamEvent& event);
  bool stop_for(const CellFailure& failure);

  void await_nothing();

  const Script& script_;
  Cell& cell_;
  ProgramStart& program_;
  Recording& recording_;
  std::optional<std::size_t> cause_to_complain_;
  std::map<int, Stream> connections_;  // by the scenario's number
  Cell::ConnectionId sent_on_ = 0;     // where the last thing that we did was to send
};

}  // namespace chatspec
