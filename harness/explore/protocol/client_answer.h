// What a client does in answer to what a server says, as a symbol: "HELLO", "DATA, text right",
// "QUIT, closed".

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/protocol/answer.h"
#include "reference/profile.h"

namespace chatspec {

// Names what a client sends. Commands are checked byte by byte with their line ends, and so are
// texts, of which the n-th is to be the n-th message. What is none of them is quoted.
class ClientAnswerWatch final : public AnswerWatch {
 public:
  // Borrows both. The profile has line ends.
  ClientAnswerWatch(const chat::Profile& profile, std::span<const std::string> messages);

  void begin() override { before_ = now_; }
  void hear(std::string_view) override {}
  std::string name(std::string_view received, AnswerEnd end) override;
  std::size_t most_bytes() const override { return most_bytes_; }

 private:
  // Where a client is in what it sends.
  struct Place {
    bool in_text = false;
    std::string text{};     // of which has come so far
    std::size_t begun = 0;  // texts
  };

  std::string take_unit(std::string_view& rest);
  std::string take_text(std::string_view& rest);
  std::string_view name_text() const;

  const chat::Profile& profile_;
  std::vector<std::string> texts_;  // as they are to be sent, with their terminators
  std::size_t most_bytes_ = kMostAnswerBytes;
  Place before_;  // the present answer
  Place now_;     // behind it
};

}  // namespace chatspec
