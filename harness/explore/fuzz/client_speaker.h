// What a client says to a server.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/explore/fuzz/speaker.h"
#include "reference/profile.h"

namespace chatspec {

class ClientSpeaker final : public Speaker {
 public:
  // Borrows the profile, which has line ends. `key_counts`: with how many keys a server may be
  // started, at least one number.
  ClientSpeaker(const chat::Profile& profile, std::vector<std::size_t> key_counts);

  SaidConversation walk(Dice& dice) const override;
  std::string any_line(Dice& dice) const override;
  Said any_step(Dice& dice) const override;
  void change_start(SaidConversation& conversation, Dice& dice) const override;

 private:
  std::string any_text(Dice& dice) const;

  const chat::Profile& profile_;
  std::vector<std::size_t> key_counts_;
  std::vector<std::string> commands_;
  std::vector<std::string> texts_;
};

}  // namespace chatspec
