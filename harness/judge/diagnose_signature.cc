#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/judge/diagnosis.h"
#include "reference/escape.h"
#include "reference/framing.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

// Everything that a mistaken implementation might mix into its hash.
struct Ingredients {
  const chat::Profile& profile;
  const std::vector<std::string>& messages;
  const std::vector<std::string>& keys;
  std::size_t message;  // from 0
  std::size_t key;

  std::vector<std::string_view> lines() const { return chat::text_lines(messages[message]); }
  const std::string& own_key() const { return keys[key]; }
  std::string text(std::string_view behind_each_line = "") const {
    return text_of(message, behind_each_line);
  }
  std::string text_of(std::size_t index, std::string_view behind_each_line = "") const {
    std::string out;
    for (const std::string_view line : chat::text_lines(messages[index]))
      out.append(line).append(behind_each_line);
    return out;
  }
  // The lines as they are on the wire, with or without their line ends.
  std::string wire(bool line_ends) const {
    if (line_ends) return chat::encode_text(profile, messages[message]);
    std::string out;
    for (const std::string_view line : lines()) chat::escape_text_line(profile, line, out);
    return out;
  }
};

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from)) {
    out.append(text.substr(0, at)).append(to);
    text.remove_prefix(at + from.size());
  }
  return out.append(text);
}

std::string_view strip(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r\n\v\f";
  const std::size_t begin = line.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kBlanks) - begin + 1);
}

std::string stripped_lines(const Ingredients& in) {
  std::string out;
  for (const std::string_view line : in.lines()) out += strip(line);
  return out;
}

std::string last_line(const Ingredients& in) {
  return in.lines().empty() ? "" : std::string(in.lines().back());
}
std::string first_line(const Ingredients& in) {
  return in.lines().empty() ? "" : std::string(in.lines().front());
}

std::string lines_each_with_key(const Ingredients& in) {
  std::string out;
  for (const std::string_view line : in.lines()) out.append(line).append(in.own_key());
  return out;
}

std::string previous_texts(const Ingredients& in, bool with_keys) {
  std::string out;
  for (std::size_t i = 0; i < in.message; ++i) {
    out += in.text_of(i);
    if (with_keys) out += in.keys[std::min(i, in.keys.size() - 1)];
  }
  return out;
}

// A mistake: what it hashes instead, and how to say so. The first that explains the signature is
// named.
struct Mistake {
  std::string_view sentence;
  std::string (*hashed)(const Ingredients&);
};
constexpr std::array kMistakes{
    Mistake{"the text with its line ends (each line followed by LF), then the key",
            [](const Ingredients& in) { return in.text("\n") + in.own_key(); }},
    Mistake{"the text with CR LF behind each line, then the key",
            [](const Ingredients& in) { return in.text("\r\n") + in.own_key(); }},
    Mistake{"the text with its lines joined by LF, then the key",
            [](const Ingredients& in) { return in.messages[in.message] + in.own_key(); }},
    Mistake{"the text with CR behind each line, then the key",
            [](const Ingredients& in) { return in.text("\r") + in.own_key(); }},
    Mistake{"the lines joined by blanks, then the key",
            [](const Ingredients& in) {
              return replace_all(in.messages[in.message], "\n", " ") + in.own_key();
            }},
    Mistake{"the text as it is on the wire, still escaped, then the key",
            [](const Ingredients& in) { return in.wire(false) + in.own_key(); }},
    Mistake{"the text as it is on the wire, still escaped and with its line ends, then the key",
            [](const Ingredients& in) { return in.wire(true) + in.own_key(); }},
    Mistake{"the text in which only `\\.` was unescaped, then the key",
            [](const Ingredients& in) {
              return replace_all(in.wire(false), "\\.", ".") + in.own_key();
            }},
    Mistake{"the text in which only `\\\\` was unescaped, then the key",
            [](const Ingredients& in) {
              return replace_all(in.wire(false), "\\\\", "\\") + in.own_key();
            }},
    Mistake{"the text unescaped in two passes, first `\\\\` and then `\\.` (one pass from left to "
            "right is right), then the key",
            [](const Ingredients& in) {
              return replace_all(replace_all(in.wire(false), "\\\\", "\\"), "\\.", ".") +
                     in.own_key();
            }},
    Mistake{"the text unescaped in two passes, first `\\.` and then `\\\\` (one pass from left to "
            "right is right), then the key",
            [](const Ingredients& in) {
              return replace_all(replace_all(in.wire(false), "\\.", "."), "\\\\", "\\") +
                     in.own_key();
            }},
    Mistake{
        "the text without any backslash, then the key",
        [](const Ingredients& in) { return replace_all(in.wire(false), "\\", "") + in.own_key(); }},
    Mistake{"the key before the text",
            [](const Ingredients& in) { return in.own_key() + in.text(); }},
    Mistake{"the text without a key", [](const Ingredients& in) { return in.text(); }},
    Mistake{
        "the text and the key of the whole exchange before it: the hash was not reset between "
        "messages",
        [](const Ingredients& in) { return previous_texts(in, true) + in.text() + in.own_key(); }},
    Mistake{
        "this message's text behind those of the messages before it: the text was not emptied "
        "between messages",
        [](const Ingredients& in) { return previous_texts(in, false) + in.text() + in.own_key(); }},
    Mistake{"the lines, each followed by the key", lines_each_with_key},
    Mistake{"the last line only, then the key",
            [](const Ingredients& in) { return last_line(in) + in.own_key(); }},
    Mistake{"the first line only, then the key",
            [](const Ingredients& in) { return first_line(in) + in.own_key(); }},
    Mistake{"the lines without the blanks at their ends, then the key",
            [](const Ingredients& in) { return stripped_lines(in) + in.own_key(); }},
    Mistake{"the text without the blanks at its ends, then the key",
            [](const Ingredients& in) { return std::string(strip(in.text())) + in.own_key(); }},
    Mistake{"the text, then the key with its line end (LF)",
            [](const Ingredients& in) { return in.text() + in.own_key() + "\n"; }},
    Mistake{"the text, then the key with the CR of its line end",
            [](const Ingredients& in) { return in.text() + in.own_key() + "\r"; }},
    Mistake{"the text, then the key with its line end (CR LF)",
            [](const Ingredients& in) { return in.text() + in.own_key() + "\r\n"; }},
    Mistake{"the text with its line ends, then the key with its line end",
            [](const Ingredients& in) { return in.text("\n") + in.own_key() + "\n"; }},
    Mistake{"the text and the terminator, then the key",
            [](const Ingredients& in) { return in.text() + in.profile.terminator + in.own_key(); }},
    Mistake{"the text with its line ends and the terminator, then the key",
            [](const Ingredients& in) {
              return in.text("\n") + in.profile.terminator + "\n" + in.own_key();
            }},
    Mistake{"the key alone, without the text", [](const Ingredients& in) { return in.own_key(); }},
    Mistake{"nothing at all", [](const Ingredients&) { return std::string(); }},
};

// The right text with another message's key, or the other way round.
std::string diagnose_counter(const Ingredients& in, std::string_view received) {
  for (std::size_t other = 0; other < in.keys.size(); ++other) {
    if (other == in.key ||
        !chat::same_signature(chat::sign(in.profile, in.messages[in.message], in.keys[other]),
                              received))
      continue;
    return fmt::format("this is the signature of the right text with key {} instead of key {}{}",
                       other + 1, in.key + 1,
                       other == 0 ? ": does the counter of the keys advance?" : "");
  }
  for (std::size_t other = 0; other < in.messages.size(); ++other) {
    if (other == in.message ||
        !chat::same_signature(chat::sign(in.profile, in.messages[other], in.own_key()), received))
      continue;
    return fmt::format("this is the signature of message {} instead of message {}", other + 1,
                       in.message + 1);
  }
  return {};
}

}  // namespace

std::string diagnose_signature(const Script& script, std::size_t message, std::size_t key,
                               std::string_view received) {
  if (message == 0 || message > script.materials.messages.size() || key == 0 ||
      key > script.materials.keys.size())
    return {};
  const Ingredients in{script.profile, script.materials.messages, script.materials.keys,
                       message - 1, key - 1};
  std::string cause = diagnose_counter(in, received);
  for (auto mistake = kMistakes.begin(); cause.empty() && mistake != kMistakes.end(); ++mistake) {
    if (chat::same_signature(chat::sha256_hex(mistake->hashed(in)), received)) {
      cause = fmt::format("this is the hash of {}", mistake->sentence);
    }
  }
  return cause;
}

}  // namespace chatspec
