#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/judge/diagnosis.h"
#include "harness/script/dialect.h"
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
  // As it is hashed.
  std::string text() const { return text_of(message); }
  std::string text_of(std::size_t index) const {
    std::string out;
    for (const std::string_view line : chat::text_lines(messages[index])) {
      if (line.data() != messages[index].data()) out += profile.hash_join;
      out += line;
    }
    return out;
  }
  std::string text(std::string_view behind_each_line) const {
    return text_of(message, behind_each_line);
  }
  std::string text_of(std::size_t index, std::string_view behind_each_line) const {
    std::string out;
    for (const std::string_view line : chat::text_lines(messages[index]))
      out.append(line).append(behind_each_line);
    return out;
  }
  // The characters of the profile for `\` and `.`.
  std::string escape() const { return Dialect(profile, true).text("\\"); }
  std::string dot() const { return Dialect(profile, true).text("."); }
  std::string escaped_escape() const { return escape() + escape(); }
  std::string escaped_dot() const { return escape() + dot(); }
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

// A mistake: another text in place of the right one, with the right key where it belongs. The first
// that explains the signature is named.
struct TextInstead {
  std::string_view sentence;
  std::string (*text)(const Ingredients&);
};
constexpr std::array kTextsInstead{
    TextInstead{"the text with its line ends (each line followed by LF)",
                [](const Ingredients& in) { return in.text("\n"); }},
    TextInstead{"the text with CR LF behind each line",
                [](const Ingredients& in) { return in.text("\r\n"); }},
    TextInstead{"the text with its lines joined by LF",
                [](const Ingredients& in) { return in.messages[in.message]; }},
    TextInstead{"the text with CR behind each line",
                [](const Ingredients& in) { return in.text("\r"); }},
    TextInstead{
        "the lines joined by blanks",
        [](const Ingredients& in) { return replace_all(in.messages[in.message], "\n", " "); }},
    TextInstead{"the text as it is on the wire, still escaped",
                [](const Ingredients& in) { return in.wire(false); }},
    TextInstead{"the text as it is on the wire, still escaped and with its line ends",
                [](const Ingredients& in) { return in.wire(true); }},
    TextInstead{"the text in which only `\\.` was unescaped",
                [](const Ingredients& in) {
                  return replace_all(in.wire(false), in.escaped_dot(), in.dot());
                }},
    TextInstead{"the text in which only `\\\\` was unescaped",
                [](const Ingredients& in) {
                  return replace_all(in.wire(false), in.escaped_escape(), in.escape());
                }},
    TextInstead{
        "the text unescaped in two passes, first `\\\\` and then `\\.` (one pass from left to "
        "right is right)",
        [](const Ingredients& in) {
          return replace_all(replace_all(in.wire(false), in.escaped_escape(), in.escape()),
                             in.escaped_dot(), in.dot());
        }},
    TextInstead{
        "the text unescaped in two passes, first `\\.` and then `\\\\` (one pass from left to "
        "right is right)",
        [](const Ingredients& in) {
          return replace_all(replace_all(in.wire(false), in.escaped_dot(), in.dot()),
                             in.escaped_escape(), in.escape());
        }},
    TextInstead{"the text without any backslash",
                [](const Ingredients& in) { return replace_all(in.wire(false), in.escape(), ""); }},
    TextInstead{
        "this message's text behind those of the messages before it: the text was not emptied "
        "between messages",
        [](const Ingredients& in) { return previous_texts(in, false) + in.text(); }},
    TextInstead{"the last line only", [](const Ingredients& in) { return last_line(in); }},
    TextInstead{"the first line only", [](const Ingredients& in) { return first_line(in); }},
    TextInstead{"the lines without the blanks at their ends",
                [](const Ingredients& in) { return stripped_lines(in); }},
    TextInstead{"the text without the blanks at its ends",
                [](const Ingredients& in) { return std::string(strip(in.text())); }},
    TextInstead{"the text and the terminator",
                [](const Ingredients& in) { return in.text() + in.profile.terminator; }},
    TextInstead{"the text with its line ends and the terminator",
                [](const Ingredients& in) { return in.text("\n") + in.profile.terminator + "\n"; }},
};

// A mistake about the key, or about both: all that is hashed instead. A keyed hash has its key
// elsewhere, and not these mistakes.
struct Mistake {
  std::string_view sentence;
  std::string (*hashed)(const Ingredients&);
};
constexpr std::array kMistakes{
    Mistake{"the text without a key", [](const Ingredients& in) { return in.text(); }},
    Mistake{
        "the text and the key of the whole exchange before it: the hash was not reset between "
        "messages",
        [](const Ingredients& in) { return previous_texts(in, true) + in.text() + in.own_key(); }},
    Mistake{"the lines, each followed by the key", lines_each_with_key},
    Mistake{"the text, then the key with its line end (LF)",
            [](const Ingredients& in) { return in.text() + in.own_key() + "\n"; }},
    Mistake{"the text, then the key with the CR of its line end",
            [](const Ingredients& in) { return in.text() + in.own_key() + "\r"; }},
    Mistake{"the text, then the key with its line end (CR LF)",
            [](const Ingredients& in) { return in.text() + in.own_key() + "\r\n"; }},
    Mistake{"the text with its line ends, then the key with its line end",
            [](const Ingredients& in) { return in.text("\n") + in.own_key() + "\n"; }},
    Mistake{"the key alone, without the text", [](const Ingredients& in) { return in.own_key(); }},
    Mistake{"nothing at all", [](const Ingredients&) { return std::string(); }},
};

std::string_view name_key_position(const chat::Profile& profile) {
  switch (profile.key_position) {
    case chat::KeyPosition::kAfterText:
      return ", then the key";
    case chat::KeyPosition::kBeforeText:
      return ", behind the key";
    case chat::KeyPosition::kHmac:
      return ", under the right key";
  }
  return {};
}

// The right text and key put together in another way, or hashed by another hash.
std::string diagnose_method(const Ingredients& in, std::string_view received) {
  struct Method {
    chat::KeyPosition position;
    std::string_view sentence;
  };
  for (const Method& method :
       {Method{chat::KeyPosition::kAfterText, "the key behind the text"},
        Method{chat::KeyPosition::kBeforeText, "the key before the text"},
        Method{chat::KeyPosition::kHmac, "an HMAC of the text, keyed with the key"}}) {
    chat::Profile other = in.profile;
    other.key_position = method.position;
    if (method.position != in.profile.key_position &&
        chat::same_signature(in.profile, chat::hash_of(other, in.text(), in.own_key()), received))
      return fmt::format("this is the hash of {}", method.sentence);
  }
  for (const chat::HashName& hash : chat::known_hashes()) {
    chat::Profile other = in.profile;
    other.hash = hash.setting;
    if (hash.setting != in.profile.hash && hash.bytes == chat::find_hash(in.profile.hash)->bytes &&
        chat::same_signature(in.profile, chat::hash_of(other, in.text(), in.own_key()), received))
      return fmt::format("the text and the key are right, but hashed with {} instead of {}",
                         hash.setting, in.profile.hash);
  }
  return {};
}

// The right text with another message's key, or the other way round.
std::string diagnose_counter(const Ingredients& in, std::string_view received) {
  for (std::size_t other = 0; other < in.keys.size(); ++other) {
    if (other == in.key ||
        !chat::same_signature(
            in.profile, chat::sign(in.profile, in.messages[in.message], in.keys[other]), received))
      continue;
    return fmt::format("this is the signature of the right text with key {} instead of key {}{}",
                       other + 1, in.key + 1,
                       other == 0 ? ": does the counter of the keys advance?" : "");
  }
  for (std::size_t other = 0; other < in.messages.size(); ++other) {
    if (other == in.message ||
        !chat::same_signature(in.profile, chat::sign(in.profile, in.messages[other], in.own_key()),
                              received))
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
  const auto is_received = [&](const std::string& signature) {
    return chat::same_signature(in.profile, signature, received);
  };
  // What is about escaping is said in the profile's characters.
  const Dialect dialect(in.profile, true);
  std::string cause = diagnose_counter(in, received);
  if (cause.empty()) cause = diagnose_method(in, received);
  for (const TextInstead& mistake : kTextsInstead) {
    if (!cause.empty()) break;
    if (is_received(chat::hash_of(in.profile, mistake.text(in), in.own_key())))
      cause = dialect.prose(
          fmt::format("this is the hash of {}{}", mistake.sentence, name_key_position(in.profile)));
  }
  const bool keyed = in.profile.key_position == chat::KeyPosition::kHmac;
  for (const Mistake& mistake : kMistakes) {
    if (!cause.empty() || keyed) break;
    if (is_received(chat::hash_of(in.profile, mistake.hashed(in))))
      cause = fmt::format("this is the hash of {}", mistake.sentence);
  }
  return cause;
}

}  // namespace chatspec
