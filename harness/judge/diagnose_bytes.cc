#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include <fmt/format.h>

#include "harness/judge/diagnosis.h"
#include "harness/judge/matcher.h"
#include "reference/framing.h"
#include "reference/quote.h"

namespace chatspec {
namespace {

std::string_view strip_line_end(std::string_view unit) {
  while (unit.ends_with('\n') || unit.ends_with('\r')) unit.remove_suffix(1);
  return unit;
}

bool same_but_for_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string name_line_end(std::string_view unit) {
  const std::string_view line_end = unit.substr(strip_line_end(unit).size());
  if (line_end.empty()) return "no line end";
  if (line_end == "\n") return "LF";
  if (line_end == "\r\n") return "CR LF";
  return chat::quote(line_end);
}

// Where a course wants that line end, the program is right, and the run is not.
std::string_view hint_at_profile(std::string_view unit) {
  if (unit.ends_with("\r\n")) return "; where it should, say --profile crlf";
  return unit.ends_with('\n') ? "; where it should, say --profile line" : "";
}

// The lines of a text, each encoded by a mistaken client.
struct TextMistake {
  std::string_view sentence;
  std::string (*encoded)(std::string_view line);
};

std::string escape_only(std::string_view line, std::string_view characters) {
  std::string out;
  for (const char c : line) {
    if (characters.contains(c)) out += '\\';
    out += c;
  }
  return out;
}

constexpr std::array kTextMistakes{
    TextMistake{"the text is not escaped", [](std::string_view line) { return std::string(line); }},
    TextMistake{"only dots are escaped, backslashes are not",
                [](std::string_view line) { return escape_only(line, "."); }},
    TextMistake{"only backslashes are escaped, dots are not",
                [](std::string_view line) { return escape_only(line, "\\"); }},
    TextMistake{"dots are escaped first and backslashes after them, so the backslash of `\\.` is "
                "escaped again",
                [](std::string_view line) { return escape_only(escape_only(line, "."), "\\"); }},
    TextMistake{"only a dot at the beginning of a line is escaped",
                [](std::string_view line) {
                  return (line.starts_with('.') ? "\\" : "") + std::string(line);
                }},
    TextMistake{"a dot at the beginning of a line is doubled, as in SMTP",
                [](std::string_view line) {
                  return (line.starts_with('.') ? "." : "") + std::string(line);
                }},
};

std::string encode_with(const TextMistake& mistake, std::string_view text,
                        std::string_view line_end) {
  std::string out;
  for (const std::string_view line : chat::text_lines(text))
    out.append(mistake.encoded(line)).append(line_end);
  return out;
}

// Whether what came is what a mistake makes of the text, as far as both go: a player looks no
// further than the first line that is wrong, and when that is complete depends on how it was sent.
bool explains(std::string_view mistaken, std::string_view received, std::string_view right) {
  if (const std::size_t last = received.rfind('\n'); last != received.npos)
    received = received.substr(0, last + 1);
  const std::size_t both = std::min(mistaken.size(), received.size());
  return mistaken.substr(0, both) == received.substr(0, both) &&
         mistaken.substr(0, both) != right.substr(0, both);
}

}  // namespace

std::string diagnose_text(const Script& script, std::size_t message, std::string_view received) {
  if (message == 0 || message > script.materials.messages.size()) return {};
  const std::string& text = script.materials.messages[message - 1];
  const std::string_view line_end =
      script.profile.has_line_ends() ? script.profile.line_end_bytes() : "\n";
  const std::string right = chat::encode_text(script.profile, text);
  for (const TextMistake& mistake : kTextMistakes) {
    const std::string encoded = encode_with(mistake, text, line_end);
    if (explains(encoded, received, right)) return std::string(mistake.sentence);
  }
  for (const std::string_view other : {"\n", "\r\n", ""}) {
    std::string encoded;
    for (const std::string_view line : chat::text_lines(strip_line_end(right)))
      encoded.append(strip_line_end(line)).append(other);
    if (other == line_end || !explains(encoded, received, right)) continue;
    return fmt::format("the lines are right, but end with {}",
                       other.empty() ? "nothing" : name_line_end(other));
  }
  if (received.starts_with(chat::encode_terminator(script.profile)))
    return "the text ends before it is complete";
  for (std::size_t other = 0; other < script.materials.messages.size(); ++other) {
    const std::string encoded = chat::encode_text(script.profile, script.materials.messages[other]);
    if (other + 1 != message && explains(encoded, received, right)) {
      return fmt::format("this is message {} instead of message {}", other + 1, message);
    }
  }
  return {};
}

std::string diagnose_unit(const Script& script, const Expectation& expectation,
                          std::string_view received) {
  const std::string_view expected = strip_line_end(expectation.bytes);
  const std::string_view unit = first_unit(received);
  const std::string_view content = strip_line_end(unit);
  if (content == expected && !expected.empty()) {
    return fmt::format("it ends with {} instead of {}{}", name_line_end(unit),
                       name_line_end(expectation.bytes), hint_at_profile(unit));
  }
  if (unit.starts_with('\r') || unit.starts_with('\n')) {
    return "there is a line end in front of it: does the unit before end with one too many?";
  }
  if (same_but_for_case(content, expected)) return "it differs in upper and lower case";
  if (expectation.subject == Subject::kReply && content == script.profile.signature)
    return "the signature is announced before it is due";
  if (expectation.subject == Subject::kReply && content == script.profile.ok)
    return "is this reply sent twice?";
  if (expectation.subject == Subject::kVerdict && content == script.profile.pass)
    return "the signature of the file is another: is it compared at all?";
  if (expectation.subject == Subject::kVerdict && content == script.profile.fail) {
    return "the signature of the file is the same: are blanks, line end and case left out of the "
           "comparison?";
  }
  if (expectation.subject == Subject::kVerdict && content == script.profile.terminator)
    return "is the terminator sent twice?";
  if (!expected.empty() && content.starts_with(expected))
    return "something stands behind the right text in the same unit";
  if (!expected.empty() && content.ends_with(expected))
    return "something stands in front of the right text in the same unit";
  return {};
}

}  // namespace chatspec
