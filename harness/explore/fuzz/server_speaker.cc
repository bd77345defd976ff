#include "harness/explore/fuzz/server_speaker.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "harness/explore/fuzz/interesting.h"
#include "reference/framing.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostWalkReplies = 4;
constexpr std::size_t kMostMessageLines = 4;
constexpr std::size_t kValidRepliesPercent = 85;

std::string in_upper_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

char other_digit(char digit) {
  return digit == '0' ? '1' : '0';
}

}  // namespace

std::vector<std::string> make_said_signatures(const chat::Profile& profile) {
  std::vector<std::string> signatures;
  for (std::size_t i = 1; i <= kMostSaidMessages; ++i)
    signatures.push_back(chat::hash_of(profile, fmt::format("signature {} of the file", i)));
  return signatures;
}

std::vector<std::string> spoil_signature(const std::string& signature) {
  std::string reversed = signature, first = signature, middle = signature, last = signature;
  std::ranges::reverse(reversed);
  first.front() = other_digit(first.front());
  middle[middle.size() / 2] = other_digit(middle[middle.size() / 2]);
  last.back() = other_digit(last.back());
  const std::size_t half = signature.size() / 2;
  const std::string upper = in_upper_case(signature);
  return {reversed,
          first,
          middle,
          last,
          upper,
          upper.substr(0, half) + signature.substr(half),
          signature.substr(0, signature.size() - 1),
          signature + signature.back(),
          " " + signature,
          signature + signature,
          "",
          "none"};
}

ServerSpeaker::ServerSpeaker(const chat::Profile& profile)
    : profile_(profile),
      signatures_(make_said_signatures(profile)),
      replies_(make_reply_lines(profile)),
      lines_(make_message_lines(profile)) {}

SaidConversation ServerSpeaker::walk(Dice& dice) const {
  SaidConversation made;
  const std::size_t valid_percent = dice.happens(50) ? 100 : kValidRepliesPercent;
  const auto right_or_not = [&](const std::string& right) {
    return chat::encode_unit(profile_, dice.happens(valid_percent) ? right : dice.any_of(replies_));
  };
  const auto say = [&](std::string bytes) {
    made.steps.push_back({.segments = {std::move(bytes)}});
  };
  const std::size_t messages = 1 + dice.below(kMostWalkReplies);
  say(chat::encode_unit(profile_, profile_.ok));
  for (std::size_t i = 0; i < messages; ++i) {
    made.messages.push_back(any_message(dice));
    const bool is_right = dice.happens(60);
    const std::string signature = is_right ? signatures_[i] : wrong_signature(i, dice);
    const std::string announcement = profile_.has_signature_behind_reply()
                                         ? chat::encode_announcement(profile_)
                                         : right_or_not(profile_.signature);
    const std::string unit = chat::encode_unit(profile_, signature);
    if (profile_.has_signature_behind_reply() || dice.happens(50)) {
      say(announcement + unit);
    } else {
      say(announcement);
      say(unit);
    }
    say(right_or_not(is_right ? profile_.reply_to_pass() : profile_.reply_to_fail()));
  }
  return made;
}

std::string ServerSpeaker::any_message(Dice& dice) const {
  std::string message;
  const std::size_t lines = dice.below(kMostMessageLines + 1);
  for (std::size_t i = 0; i < lines; ++i) message += (i > 0 ? "\n" : "") + dice.any_of(lines_);
  return message;
}

std::string ServerSpeaker::any_signature(Dice& dice) const {
  const std::string& signature = dice.any_of(signatures_);
  return dice.happens(30) ? signature : dice.any_of(spoil_signature(signature));
}

std::string ServerSpeaker::wrong_signature(std::size_t message, Dice& dice) const {
  return dice.happens(70) ? dice.any_of(spoil_signature(signatures_[message]))
                          : any_signature(dice);
}

std::string ServerSpeaker::any_line(Dice& dice) const {
  return (dice.happens(70) ? dice.any_of(replies_) : any_signature(dice)) +
         std::string(profile_.line_end_bytes());
}

Said ServerSpeaker::any_step(Dice& dice) const {
  if (dice.happens(60)) return {.segments = {any_line(dice)}};
  return {.segments = {chat::encode_announcement(profile_) +
                       chat::encode_unit(profile_, any_signature(dice))}};
}

void ServerSpeaker::change_start(SaidConversation& conversation, Dice& dice) const {
  auto& messages = conversation.messages;
  if (messages.size() < kMostSaidMessages && dice.happens(30)) {
    messages.push_back(any_message(dice));
  } else if (messages.size() > 1 && dice.happens(30)) {
    messages.pop_back();
  } else if (!messages.empty()) {
    messages[dice.below(messages.size())] = any_message(dice);
  }
}

}  // namespace chatspec
