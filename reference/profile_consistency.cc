// The words of a profile, and whether its parts go together: everything that must be told apart can
// be.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "reference/escape.h"
#include "reference/profile.h"
#include "reference/signature.h"
#include "reference/text/quote.h"

namespace chat {
namespace {

struct Word {
  std::string_view setting;
  std::string_view value;
  bool is_unit;
  bool says_ok;  // what answers HELLO, PASS and FAIL may be the same
};

// Those that the profile has.
std::vector<Word> words_of(const Profile& profile) {
  std::vector<Word> words{
      {"hello", profile.hello, true, false},        {"data", profile.data, true, false},
      {"pass", profile.pass, true, false},          {"fail", profile.fail, true, false},
      {"quit", profile.quit, true, false},          {"ok", profile.ok, true, true},
      {"signature", profile.signature, true, false}};
  if (profile.pass_reply) words.push_back({"pass-reply", *profile.pass_reply, true, true});
  if (profile.fail_reply) words.push_back({"fail-reply", *profile.fail_reply, true, true});
  if (profile.error_reply) words.push_back({"error-reply", *profile.error_reply, true, false});
  words.push_back({"terminator", profile.terminator, false, false});
  return words;
}

using Inconsistencies = std::vector<Inconsistency>;

bool has_line_end_bytes(std::string_view text) {
  return text.find_first_of("\r\n") != std::string_view::npos;
}

void find_bad_words(const Profile& profile, Inconsistencies& found) {
  for (const Word& word : words_of(profile)) {
    const std::string_view value = word.value;
    if (value.empty()) {
      found.push_back({{word.setting}, fmt::format("{} must not be empty", word.setting)});
    } else if (has_line_end_bytes(value)) {
      found.push_back(
          {{word.setting},
           fmt::format("{} must not hold a CR or LF, found {}", word.setting, quote(value))});
    }
  }
}

// Equal words are told apart nowhere; in a profile without line ends neither is a word that begins
// another.
void find_confusable_words(const Profile& profile, Inconsistencies& found) {
  const std::vector<Word> words = words_of(profile);
  for (const Word& one : words) {
    for (const Word& other : words) {
      if (!one.is_unit || !other.is_unit) continue;
      const std::string_view a = one.value;
      const std::string_view b = other.value;
      const bool same = a == b && &one < &other && !(one.says_ok && other.says_ok);
      const bool begins = !profile.has_line_ends() && a != b && b.starts_with(a);
      if (a.empty() || (!same && !begins)) continue;
      found.push_back({{one.setting, other.setting},
                       fmt::format("{} {} cannot be told from {} {}", one.setting, quote(a),
                                   other.setting, quote(b))});
    }
  }
}

// In a profile without line ends a signature that is a unit is known by its digits. No word may
// begin with a whole one, or be what could be the beginning of one.
void find_words_like_signatures(const Profile& profile, Inconsistencies& found) {
  if (profile.has_line_ends() || profile.has_signature_behind_reply()) return;
  for (const Word& word : words_of(profile)) {
    const std::string_view value = word.value;
    if (!word.is_unit) continue;
    const bool holds = is_signature(profile, value.substr(0, signature_size(profile)));
    if (value.empty() || (!holds && !begins_signature(profile, value))) continue;
    found.push_back({{word.setting, "signature-coding"},
                     fmt::format("{} {} cannot be told from {}a signature", word.setting,
                                 quote(value), holds ? "" : "the beginning of ")});
  }
}

void find_bad_stuffing(const Profile& profile, Inconsistencies& found) {
  const std::string_view terminator = profile.terminator;
  if (!profile.dot_stuffing || terminator.size() < 2 || terminator[0] != terminator[1]) return;
  found.push_back({{"terminator", "escape"},
                   fmt::format("terminator {} must not begin with the same character twice, as "
                               "lines do that dot-stuffing changed",
                               quote(terminator))});
}

void find_bad_escaping(const Profile& profile, Inconsistencies& found) {
  if (!profile.escapes()) return;
  const std::size_t before = found.size();
  if (has_line_end_bytes({&*profile.escape, 1}))
    found.push_back({{"escape"}, "escape must not be CR or LF"});
  if (has_line_end_bytes(profile.escaped))
    found.push_back({{"escaped"}, "escaped must not hold a CR or LF"});
  if (profile.escaped.empty()) {
    found.push_back({{"escaped", "escape"},
                     "escaped must name at least one character where there is an escape "
                     "character"});
  }
  if (found.size() > before || profile.terminator.empty()) return;
  std::string text;
  std::string sent;
  unescape_line(profile, profile.terminator, text);
  escape_text_line(profile, text, sent);
  if (sent != profile.terminator) return;
  found.push_back({{"terminator", "escape", "escaped"},
                   fmt::format("terminator {} must contain an unescaped character of escaped {}, "
                               "or a line of text could look like it",
                               quote(profile.terminator), quote(profile.escaped))});
}

}  // namespace

std::vector<Inconsistency> find_inconsistencies(const Profile& profile) {
  Inconsistencies found;
  if (!find_hash(profile.hash)) {
    found.push_back({{"hash"}, fmt::format("hash {} is not known", quote(profile.hash))});
    return found;  // what a signature looks like depends on it
  }
  find_bad_words(profile, found);
  find_confusable_words(profile, found);
  find_words_like_signatures(profile, found);
  find_bad_stuffing(profile, found);
  find_bad_escaping(profile, found);
  return found;
}

bool is_word_of(const Profile& profile, std::string_view unit) {
  return std::ranges::any_of(words_of(profile),
                             [&](const Word& word) { return word.is_unit && word.value == unit; });
}

}  // namespace chat
