// A signature tells nothing of what was hashed, but it can be compared: each known mistake is made
// on purpose with the text, key and messages of the case, and hashed. First the right computation
// with the wrong key or message, then the right ingredients put together in another way or hashed
// by another hash, then wrong ingredients; these have causes of their own. At last all combinations
// of known mistakes are searched (signature_search.h). A match cannot be chance, so the first one
// is the cause.
//
// Some mistakes make the same text (of one line without dots, nearly all do); then the tables'
// order decides, the likeliest first.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "harness/judge/diagnosis.h"
#include "harness/judge/ingredients.h"
#include "harness/judge/signature_search.h"
#include "harness/script/dialect.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

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
  CauseId cause;
  std::string (*text)(const Ingredients&);
};
constexpr std::array kTextsInstead{
    TextInstead{"text-with-line-ends", [](const Ingredients& in) { return in.text("\n"); }},
    TextInstead{"text-with-cr-lf", [](const Ingredients& in) { return in.text("\r\n"); }},
    TextInstead{"text-joined-by-lf", [](const Ingredients& in) { return in.messages[in.message]; }},
    TextInstead{"text-with-cr", [](const Ingredients& in) { return in.text("\r"); }},
    TextInstead{
        "text-joined-by-blanks",
        [](const Ingredients& in) { return replace_all(in.messages[in.message], "\n", " "); }},
    TextInstead{"text-still-escaped", [](const Ingredients& in) { return in.wire(false); }},
    TextInstead{"text-still-escaped-with-line-ends",
                [](const Ingredients& in) { return in.wire(true); }},
    TextInstead{"only-dots-unescaped",
                [](const Ingredients& in) {
                  return replace_all(in.wire(false), in.escaped_dot(), in.dot());
                }},
    TextInstead{"only-backslashes-unescaped",
                [](const Ingredients& in) {
                  return replace_all(in.wire(false), in.escaped_escape(), in.escape());
                }},
    TextInstead{"backslashes-unescaped-first",
                [](const Ingredients& in) {
                  return replace_all(replace_all(in.wire(false), in.escaped_escape(), in.escape()),
                                     in.escaped_dot(), in.dot());
                }},
    TextInstead{"dots-unescaped-first",
                [](const Ingredients& in) {
                  return replace_all(replace_all(in.wire(false), in.escaped_dot(), in.dot()),
                                     in.escaped_escape(), in.escape());
                }},
    TextInstead{"all-backslashes-removed",
                [](const Ingredients& in) { return replace_all(in.wire(false), in.escape(), ""); }},
    TextInstead{"text-not-emptied",
                [](const Ingredients& in) { return previous_texts(in, false) + in.text(); }},
    TextInstead{"last-line-only", [](const Ingredients& in) { return last_line(in); }},
    TextInstead{"first-line-only", [](const Ingredients& in) { return first_line(in); }},
    TextInstead{"lines-stripped", [](const Ingredients& in) { return stripped_lines(in); }},
    TextInstead{"text-stripped",
                [](const Ingredients& in) { return std::string(strip(in.text())); }},
    TextInstead{"text-with-terminator",
                [](const Ingredients& in) { return in.text() + in.profile.terminator; }},
    TextInstead{"text-with-line-ends-and-terminator",
                [](const Ingredients& in) { return in.text("\n") + in.profile.terminator + "\n"; }},
};

// A mistake about the key, or about both: all that is hashed instead. A keyed hash has its key
// elsewhere, and not these mistakes.
struct Mistake {
  CauseId cause;
  std::string (*hashed)(const Ingredients&);
};
constexpr std::array kMistakes{
    Mistake{"text-without-key", [](const Ingredients& in) { return in.text(); }},
    Mistake{
        "hash-not-reset",
        [](const Ingredients& in) { return previous_texts(in, true) + in.text() + in.own_key(); }},
    Mistake{"key-behind-each-line", lines_each_with_key},
    Mistake{"key-with-lf", [](const Ingredients& in) { return in.text() + in.own_key() + "\n"; }},
    Mistake{"key-with-cr", [](const Ingredients& in) { return in.text() + in.own_key() + "\r"; }},
    Mistake{"key-with-cr-lf",
            [](const Ingredients& in) { return in.text() + in.own_key() + "\r\n"; }},
    Mistake{"text-and-key-with-line-ends",
            [](const Ingredients& in) { return in.text("\n") + in.own_key() + "\n"; }},
    Mistake{"key-without-text", [](const Ingredients& in) { return in.own_key(); }},
    Mistake{"nothing-hashed", [](const Ingredients&) { return std::string(); }},
};

std::string_view name_key_position(const chat::Profile& profile) {
  switch (profile.key_position) {
    case chat::KeyPosition::kAfterText:
      return ", then the key";
    case chat::KeyPosition::kBeforeText:
      return ", after the key";
    case chat::KeyPosition::kHmac:
      return ", with the right key";
  }
  return {};
}

// The right text and key put together in another way, or hashed by another hash.
Cause diagnose_method(const Ingredients& in, std::string_view received) {
  struct Method {
    chat::KeyPosition position;
    CauseId cause;
  };
  for (const Method& method : {Method{chat::KeyPosition::kAfterText, "key-behind-text"},
                               Method{chat::KeyPosition::kBeforeText, "key-before-text"},
                               Method{chat::KeyPosition::kHmac, "keyed-hash"}}) {
    chat::Profile other = in.profile;
    other.key_position = method.position;
    if (method.position != in.profile.key_position &&
        chat::same_signature(in.profile, chat::hash_of(other, in.text(), in.own_key()), received))
      return make_cause(method.cause);
  }
  for (const chat::HashName& hash : chat::known_hashes()) {
    chat::Profile other = in.profile;
    other.hash = hash.setting;
    if (hash.setting != in.profile.hash && hash.bytes == chat::find_hash(in.profile.hash)->bytes &&
        chat::same_signature(in.profile, chat::hash_of(other, in.text(), in.own_key()), received))
      return make_cause("other-hash",
                        {{"hash", std::string(hash.setting)}, {"due", in.profile.hash}});
  }
  return {};
}

// The right text with another message's key, or the other way round.
Cause diagnose_counter(const Ingredients& in, std::string_view received) {
  const std::string& text = in.messages[in.message];
  const auto is_received = [&](const std::string& message, const std::string& key) {
    return chat::same_signature(in.profile, chat::sign(in.profile, message, key), received);
  };
  for (std::size_t other = 0; other < in.keys.size(); ++other) {
    if (other == in.key || !is_received(text, in.keys[other])) continue;
    const std::string due = std::to_string(in.key + 1);
    return other == 0 ? make_cause("first-key-again", {{"due", due}})
                      : make_cause("other-key", {{"key", std::to_string(other + 1)}, {"due", due}});
  }
  for (std::size_t other = 0; other < in.messages.size(); ++other) {
    if (other == in.message || !is_received(in.messages[other], in.own_key())) continue;
    return make_cause("other-message-signed", {{"message", std::to_string(other + 1)},
                                               {"due", std::to_string(in.message + 1)}});
  }
  return {};
}

Cause diagnose_hashed(const Ingredients& in, std::string_view received) {
  const auto is_received = [&](const std::string& signature) {
    return chat::same_signature(in.profile, signature, received);
  };
  for (const TextInstead& mistake : kTextsInstead) {
    if (!is_received(chat::hash_of(in.profile, mistake.text(in), in.own_key()))) continue;
    Cause cause = make_cause(mistake.cause);
    // What is about escaping is said in the profile's characters.
    cause.sentence =
        Dialect(in.profile, true).prose(cause.sentence.append(name_key_position(in.profile)));
    return cause;
  }
  if (in.profile.key_position == chat::KeyPosition::kHmac) return {};
  for (const Mistake& mistake : kMistakes) {
    if (is_received(chat::hash_of(in.profile, mistake.hashed(in))))
      return make_cause(mistake.cause);
  }
  return {};
}

}  // namespace

Cause diagnose_signature(const Script& script, std::size_t message, std::size_t key,
                         std::string_view received) {
  if (message == 0 || message > script.materials.messages.size() || key == 0 ||
      key > script.materials.keys.size())
    return {};
  const Ingredients in{script.profile, script.materials.messages, script.materials.keys,
                       message - 1, key - 1};
  for (const auto diagnose : {diagnose_counter, diagnose_method, diagnose_hashed}) {
    if (Cause cause = diagnose(in, received); cause.is_known()) return cause;
  }
  return search_mistakes(in, received);
}

}  // namespace chatspec
