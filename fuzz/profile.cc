// A profile's file is either refused, with the place and in print, or makes a profile in which the
// reference client and server understand each other, whatever the texts are.

#include "reference/profile.h"

#include <algorithm>

#include "fuzz/support/exchange.h"
#include "fuzz/support/pipes.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "reference/framing.h"
#include "reference/signature.h"

namespace chatspec::fuzz {
namespace {

void require_located(const chat::FileError& error, std::string_view content) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(content, '\n')) + 1;
  require(error.line <= lines && !error.message.empty(), "an error lies within the file", content);
  require(std::ranges::all_of(error.to_string(), [](char c) { return c >= 0x20 && c <= 0x7e; }),
          "an error is printable", error.to_string());
}

// Texts that hold everything that could be mistaken for something else in this profile.
std::vector<std::string> dangerous_texts(const chat::Profile& profile) {
  const std::string escape = profile.escape ? std::string(1, *profile.escape) : "";
  const std::string escaped = profile.escapes() ? profile.escaped : "";
  std::vector<std::string> texts{
      profile.terminator + "\n" + escape + profile.terminator + "\n" + profile.data,
      escape + "\n" + escaped + "\nx" + profile.terminator,
      profile.terminator.substr(0, 1) + "\n\n" + escape + escape + escaped + "\n"};
  if (profile.escapes() || profile.dot_stuffing || !profile.has_line_ends()) return texts;
  // Where units have line ends and nothing escapes, a line like the terminator cannot be sent.
  for (std::string& text : texts) {
    std::string kept;
    for (const std::string_view line : chat::text_lines(text)) {
      kept += line;
      kept += line == profile.terminator ? "x\n" : "\n";
    }
    text = kept;
  }
  return texts;
}

}  // namespace

void test_one(std::string_view input) {
  const auto profile = chat::parse_profile(input, "f");
  if (!profile) {
    for (const chat::FileError& error : profile.error()) require_located(error, input);
    return;
  }
  require(chat::find_inconsistencies(*profile).empty(), "a profile that was read is consistent");
  const std::vector<std::string> messages = dangerous_texts(*profile);
  std::vector<std::string> signatures;
  for (std::size_t i = 0; i < messages.size(); ++i)
    signatures.push_back(chat::sign(*profile, messages[i], server_keys()[i]));
  const Meeting meeting = let_talk(*profile, messages, signatures, input);
  require_same(meeting.client_violation + meeting.server_violation, "",
               "in a consistent profile both sides keep to the protocol");
  require(meeting.ended, "in a consistent profile a conversation ends", input);
  for (const chat::Outcome outcome : meeting.outcomes)
    require(outcome == chat::Outcome::kMatched, "in a consistent profile all signatures match");
}

}  // namespace chatspec::fuzz
