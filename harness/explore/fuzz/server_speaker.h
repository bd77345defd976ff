// What a server says to a client.
//
// A client cannot know whether a signature is right: it only compares what it is told with what its
// file says. So its file has the same signatures always, whatever its messages are.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/explore/fuzz/speaker.h"
#include "reference/profile.h"

namespace chatspec {

// So many messages a client's file has at most.
inline constexpr std::size_t kMostSaidMessages = 20;

// The signatures of a client's file, one for each message that it may have.
std::vector<std::string> make_said_signatures(const chat::Profile& profile);

// What is almost this signature: another one of the same form, then the same in letters of another
// case, then what is none.
std::vector<std::string> spoil_signature(const std::string& signature);
// So many of them are of the same form, letters of another case among them.
inline constexpr std::size_t kSpoiltSignatures = 6;

class ServerSpeaker final : public Speaker {
 public:
  // Borrows the profile, which has line ends.
  explicit ServerSpeaker(const chat::Profile& profile);

  SaidConversation walk(Dice& dice) const override;
  std::string any_line(Dice& dice) const override;
  Said any_step(Dice& dice) const override;
  // Another message, one more or one less.
  void change_start(SaidConversation& conversation, Dice& dice) const override;

 private:
  std::string any_message(Dice& dice) const;
  std::string any_signature(Dice& dice) const;
  // Of the message with this number, from 0, mostly almost the right one.
  std::string wrong_signature(std::size_t message, Dice& dice) const;

  const chat::Profile& profile_;
  std::vector<std::string> signatures_;
  std::vector<std::string> replies_;
  std::vector<std::string> lines_;  // of messages
};

}  // namespace chatspec
