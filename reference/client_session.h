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
#include "reference/session.h"
#include "reference/text_sink.h"
#include "reference/unit_reader.h"

namespace chat {

// What became of a message.
enum class Outcome {
  kUnanswered,  // the connection ended first
  kMatched,     // the server's signature was the given one: PASS
  kDiffered,    // it was another: FAIL
};

class ClientSession : public Session {
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

  void receive(std::string_view bytes) override;
  void receive_end() override;
  std::string take_output() override;
  bool finished() const override { return state_ == State::kFinished; }
  const std::optional<Violation>& violation() const override { return violation_; }

  State state() const { return state_; }
  // One per message.
  std::span<const Outcome> outcomes() const { return outcomes_; }

 private:
  bool awaits_reply() const;
  const std::string& due_reply() const;
  std::string expected_reply() const;
  void send_next(std::string& out);
  void obey(const std::string& unit);
  void compare(std::string_view signature);
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
