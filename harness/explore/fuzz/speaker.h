// What one side has to say: the words and lines of which conversations are made. client_speaker.h
// speaks to servers, server_speaker.h to clients.

#pragma once

#include <string>

#include "harness/explore/fuzz/dice.h"
#include "harness/explore/fuzz/said.h"

namespace chatspec {

class Speaker {
 public:
  virtual ~Speaker() = default;

  // A conversation that does what the protocol wants, or mostly so, with unusual texts.
  virtual SaidConversation walk(Dice& dice) const = 0;
  // A line with its line end, right or wrong.
  virtual std::string any_line(Dice& dice) const = 0;
  // What may be said in one step.
  virtual Said any_step(Dice& dice) const = 0;
  // Whoever hears it is started with something else.
  virtual void change_start(SaidConversation& conversation, Dice& dice) const = 0;
};

}  // namespace chatspec
