// Reference client and server, joined by pipes of bytes, come to the end of every conversation:
// whoever is let run first, however little a send takes and a receive gives. The server signs what
// the client sent, and the client passes the right signatures and fails the wrong ones.
//
// The input is a client's stream, whose texts become the client's messages; and once more a
// schedule, each byte of which says who runs next and how many bytes move.

#include <algorithm>

#include "fuzz/support/exchange.h"
#include "fuzz/support/model_server.h"
#include "fuzz/support/pipes.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "reference/signature.h"

namespace chatspec::fuzz {
namespace {

std::vector<std::string> split(std::string_view input) {
  std::vector<std::string> messages;
  while (!input.empty() && messages.size() < server_keys().size()) {
    constexpr std::string_view kEnd = "\n.\n";
    const std::size_t end = std::min(input.find(kEnd), input.size());
    messages.emplace_back(input.substr(0, end));
    input.remove_prefix(std::min(input.size(), end + kEnd.size()));
  }
  return messages;
}

// Sent with LF behind it, a CR at the end of a line is taken for a part of the line end (FRAME-2).
std::string without_final_crs(std::string text) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool at_end = i + 1 == text.size() || text[i + 1] == '\n';
    if (text[i] != '\r' || !at_end) text[kept++] = text[i];
  }
  text.resize(kept);
  return text;
}

}  // namespace

void test_one(std::string_view input) {
  Numbers numbers(hash_of(input));
  const chat::Profile& profile = chat::builtin_profiles()[numbers.below(3)];
  const std::vector<std::string> messages = split(input);
  std::vector<std::string> signatures;
  std::vector<chat::Outcome> outcomes;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const std::string text =
        profile.line_end == chat::LineEnd::kLf ? without_final_crs(messages[i]) : messages[i];
    signatures.push_back(chat::sign(profile, text, server_keys()[i]));
    outcomes.push_back(chat::Outcome::kMatched);
    if (numbers.below(2) == 0) continue;
    char& digit = signatures.back()[numbers.below(64)];
    digit = digit == '0' ? '1' : '0';
    outcomes.back() = chat::Outcome::kDiffered;
  }
  const Meeting meeting = let_talk(profile, messages, signatures, input);
  require(meeting.ended, "client and server come to an end", input);
  require_same(meeting.client_violation, "", "the server never breaks the protocol");
  require_same(meeting.server_violation, "", "the client never breaks the protocol");
  require(meeting.outcomes == outcomes, "right signatures pass and wrong ones fail", input);
}

}  // namespace chatspec::fuzz
