// The server's side of one connection, without the connection: bytes in, bytes out. It holds no
// more of a message than the hash's state, however long the message is.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "reference/message_decoder.h"
#include "reference/profile.h"
#include "reference/session.h"
#include "reference/signature.h"
#include "reference/text_sink.h"
#include "reference/unit_reader.h"

namespace chat {

struct ServerLimits {
  std::size_t unit_bytes = kDefaultMaxUnitBytes;  // of a command, without line end
  std::uint64_t message_bytes =
      MessageDecoder::kNoLimit;  // of a text, unescaped, without line ends
};

class ServerSession : public Session {
 public:
  enum class State {
    kGreeting,  // HELLO is due
    kCommand,   // DATA or QUIT is due
    kText,      // lines of a text, up to the terminator
    kVerdict,   // PASS or FAIL is due
    kFinished,  // nothing is due: send what there is and close
  };

  // The first DATA is signed with the first of `keys` (SIG-2, SIG-4). Every unit received goes to
  // `received` (OUT-1), text unescaped and in pieces. Borrows profile, keys and `received`.
  ServerSession(const Profile& profile, std::span<const std::string> keys, TextSink& received,
                const ServerLimits& limits = {});
  ServerSession(const ServerSession&) = delete;
  ServerSession& operator=(const ServerSession&) = delete;

  // In a profile without line ends, the end of `bytes` may be that of a text.
  void receive(std::string_view bytes) override;
  void receive_end() override;
  std::string take_output() override;
  bool finished() const override { return state_ == State::kFinished; }
  const std::optional<Violation>& violation() const override { return violation_; }

  State state() const { return state_; }
  // How many messages were signed.
  std::size_t signed_count() const { return signed_count_; }

 private:
  // Hands a text to the hash and to whoever looks on.
  class Tee : public TextSink {
   public:
    Tee(Signer& signer, TextSink& received) : signer_(&signer), received_(&received) {}
    void text(std::string_view piece) override;
    void line_end() override;

   private:
    Signer* signer_;
    TextSink* received_;
  };

  void receive_unit(std::string_view& bytes);
  void receive_text(std::string_view& bytes);
  void obey(const std::string& unit);
  void begin_message();
  void end_message();
  void reply(std::string_view word);
  void violate(std::string_view requirement, std::string message);
  void refuse(std::string_view requirement, std::string message);
  void show(std::string_view unit);

  const Profile* profile_;
  std::span<const std::string> keys_;
  TextSink* received_;
  Signer signer_;
  Tee tee_;
  UnitReader unit_reader_;
  MessageDecoder message_decoder_;

  State state_ = State::kGreeting;
  std::size_t begun_count_ = 0;
  std::size_t signed_count_ = 0;
  std::deque<std::string> output_;  // the units to send; where they have line ends, all in one
  std::optional<Violation> violation_;
};

}  // namespace chat
