// Which signature is the right one, whatever a server makes of it: follows what a client says. A
// text begins after DATA and ends with the terminator, whether or not DATA was in order, so that
// of a server that takes it where it should not it is still known whether it signs well.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/protocol/answer.h"
#include "reference/message_decoder.h"
#include "reference/profile.h"
#include "reference/signature.h"
#include "reference/unit_reader.h"

namespace chatspec {

class SignatureWatch {
 public:
  // Borrows the profile and the keys. The n-th text is signed with the n-th key (SIG-2).
  SignatureWatch(const chat::Profile& profile, std::span<const std::string> keys);
  SignatureWatch(const SignatureWatch&) = delete;
  SignatureWatch& operator=(const SignatureWatch&) = delete;

  // The client says something new: only the last of the right signatures is kept, since it may
  // still come.
  void begin();
  // What the client sent in one segment.
  void hear(std::string_view bytes);

  // Of the texts that have ended since begin(), in order; of the last one before it where none has.
  // "" stands for one for which there was no key.
  std::span<const std::string> right_signatures() const { return right_; }

 private:
  bool begins_text(std::string_view& bytes);
  void hear_text(std::string_view& bytes);

  const chat::Profile* profile_;
  std::span<const std::string> keys_;
  chat::Signer signer_;
  chat::UnitReader units_;
  chat::MessageDecoder text_;
  bool in_text_ = false;
  std::size_t begun_ = 0;  // texts
  std::vector<std::string> right_;
  bool is_new_ = false;  // whether a text has ended since begin()
};

// Names what a server answers.
class ServerAnswerWatch final : public AnswerWatch {
 public:
  // Borrows both.
  ServerAnswerWatch(const chat::Profile& profile, std::span<const std::string> keys)
      : profile_(profile), watch_(profile, keys) {}

  void begin() override { watch_.begin(); }
  void hear(std::string_view bytes) override { watch_.hear(bytes); }
  std::string name(std::string_view received, AnswerEnd end) override {
    return name_answer(profile_, received, end, watch_.right_signatures());
  }

 private:
  const chat::Profile& profile_;
  SignatureWatch watch_;
};

}  // namespace chatspec
