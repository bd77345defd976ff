// What both sides of a connection have in common for whoever moves their bytes.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "reference/violation.h"

namespace chat {

class Session {
 public:
  virtual ~Session() = default;

  // Takes what one receive returned. What comes after the session has finished is ignored.
  virtual void receive(std::string_view bytes) = 0;
  // The stream has ended. Unless the session had finished, that is a violation (END-1, END-2).
  virtual void receive_end() = 0;
  // What is to be sent next, in one send; nothing where it is the peer's turn. To be called until
  // it gives nothing: long texts come in pieces. In a profile without line ends each send is a
  // whole unit, and must not reach the peer together with the one before.
  virtual std::string take_output() = 0;
  // Nothing is due any more: send what there is and close.
  virtual bool finished() const = 0;
  // Why the session finished, where that was not by QUIT.
  virtual const std::optional<Violation>& violation() const = 0;
};

}  // namespace chat
