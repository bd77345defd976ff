// The client's side of one connection, without the connection: bytes in, bytes out.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/framing.h"
#include "reference/profile.h"
#include "reference/text_sink.h"
#include "reference/unit_reader.h"
#include "reference/violation.h"

namespace chat {

// What became of a message.
enum class Outcome {
  kUnanswered,  // the connection ended first
  kMatched,     // the server's signature was the given one: PASS
  kDiffered,    // it was another: FAIL
};

class ClientSession {
 public:
  enum class State {
    kGreeting,      // HELLO is to be sent
    kAwaitGreeted,  // 260 OK is due
    kData,          // DATA is to be sent, or QUIT where all messages were
    kText,
    kTerminator,
    kAwaitCode,       // 270 SIG is due
    kAwaitSignature,  // the signature is due
    kVerdict,         // PASS or FAIL is to be sent
    kAwaitNoted,      // 260 OK is due
    kFinished,        // send what there is and close
  };

  // There must be as many signatures as messages, whose lines are separated by LF. Every unit
  // received goes to `received` (OUT-1). Borrows all four.
  ClientSession(const Profile& profile, std::span<const std::string> messages,
                std::span<const std::string> signatures, TextSink& received,
                std::size_t max_unit_bytes = kDefaultMaxUnitBytes);
  ClientSession(const ClientSession&) = delete;
  ClientSession& operator=(const ClientSession&) = delete;

  // What is to be sent next, in one send; nothing where the server's answer is due first. Long
  // texts come in pieces, so call it until it gives nothing. In a profile without line ends it
  // never gives more than one unit.
  std::string take_output();

  void receive(std::string_view bytes);
  // The stream has ended, which is a violation unless the session has finished (END-2).
  void receive_end();

  State state() const { return state_; }
  bool finished() const { return state_ == State::kFinished; }
  const std::optional<Violation>& violation() const { return violation_; }
  // One per message.
  std::span<const Outcome> outcomes() const { return outcomes_; }

 private:
  bool awaits_reply() const;
  std::string expected_reply() const;
  void send_next(std::string& out);
  void obey(const std::string& unit);
  void violate(std::string_view requirement, std::string message);

  const Profile* profile_;
  std::span<const std::string> messages_;
  std::span<const std::string> signatures_;
  TextSink* received_;
  UnitReader unit_reader_;
  std::optional<TextEncoder> text_;

  State state_ = State::kGreeting;
  std::size_t current_ = 0;  // the message
  std::vector<Outcome> outcomes_;
  std::optional<Violation> violation_;
};

}  // namespace chat
