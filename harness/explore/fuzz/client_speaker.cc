#include "harness/explore/fuzz/client_speaker.h"

#include <utility>

#include "harness/explore/fuzz/interesting.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostWalkMessages = 5;
constexpr std::size_t kMostTextLines = 5;
constexpr std::size_t kValidPercent = 85;

}  // namespace

ClientSpeaker::ClientSpeaker(const chat::Profile& profile, std::vector<std::size_t> key_counts)
    : profile_(profile),
      key_counts_(std::move(key_counts)),
      commands_(make_command_lines(profile)),
      texts_(make_text_lines(profile)) {}

SaidConversation ClientSpeaker::walk(Dice& dice) const {
  SaidConversation made{.keys = key_counts_.back()};
  const std::size_t valid_percent = dice.happens(50) ? 100 : kValidPercent;
  const auto say = [&](std::string bytes) {
    made.steps.push_back({.segments = {std::move(bytes)}});
  };
  const auto command = [&](const std::string& right) {
    say(chat::encode_unit(profile_, dice.happens(valid_percent) ? right : dice.any_of(commands_)));
  };
  say(chat::encode_unit(profile_, profile_.hello));
  const std::size_t messages = 1 + dice.below(kMostWalkMessages);
  for (std::size_t i = 0; i < messages; ++i) {
    command(profile_.data);
    say(any_text(dice) + chat::encode_terminator(profile_));
    command(dice.happens(50) ? profile_.pass : profile_.fail);
  }
  if (dice.happens(50)) command(profile_.quit);
  return made;
}

std::string ClientSpeaker::any_text(Dice& dice) const {
  std::string text;
  const std::size_t lines = dice.below(kMostTextLines);
  for (std::size_t i = 0; i < lines; ++i)
    text += dice.any_of(texts_) + std::string(profile_.line_end_bytes());
  return text;
}

std::string ClientSpeaker::any_line(Dice& dice) const {
  return dice.any_of(dice.happens(50) ? commands_ : texts_) +
         std::string(profile_.line_end_bytes());
}

Said ClientSpeaker::any_step(Dice& dice) const {
  return {.segments = {dice.happens(60) ? chat::encode_unit(profile_, dice.any_of(commands_))
                                        : any_text(dice) + chat::encode_terminator(profile_)}};
}

void ClientSpeaker::change_start(SaidConversation& conversation, Dice& dice) const {
  conversation.keys = key_counts_[dice.below(key_counts_.size())];
}

}  // namespace chatspec
