// Whether the parts of a profile go together: everything that must be told apart can be.

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "reference/escape.h"
#include "reference/profile.h"
#include "reference/quote.h"
#include "reference/signature.h"

namespace chat {
namespace {

struct Word {
  std::string_view setting;
  std::string Profile::* value;
};

constexpr std::array<Word, 8> kWords{{{"hello", &Profile::hello},
                                      {"data", &Profile::data},
                                      {"pass", &Profile::pass},
                                      {"fail", &Profile::fail},
                                      {"quit", &Profile::quit},
                                      {"ok", &Profile::ok},
                                      {"signature", &Profile::signature},
                                      {"terminator", &Profile::terminator}}};
constexpr std::size_t kUnits = 7;  // those before the terminator

using Found = std::vector<Inconsistency>;

bool has_line_end_bytes(std::string_view text) {
  return text.find_first_of("\r\n") != std::string_view::npos;
}

void find_bad_words(const Profile& profile, Found& found) {
  for (const Word& word : kWords) {
    const std::string& value = profile.*word.value;
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
void find_confusable_words(const Profile& profile, Found& found) {
  const auto units = std::span(kWords).first(kUnits);
  for (const Word& one : units) {
    for (const Word& other : units) {
      const std::string& a = profile.*one.value;
      const std::string& b = profile.*other.value;
      const bool same = a == b && &one < &other;
      const bool begins = !profile.has_line_ends() && a != b && b.starts_with(a);
      if (a.empty() || (!same && !begins)) continue;
      found.push_back({{one.setting, other.setting},
                       fmt::format("{} {} cannot be told from {} {}", one.setting, quote(a),
                                   other.setting, quote(b))});
    }
  }
}

// In a profile without line ends a signature is known by its digits. No word may begin with a whole
// one, or be what could be the beginning of one.
void find_words_like_signatures(const Profile& profile, Found& found) {
  if (profile.has_line_ends()) return;
  for (const Word& word : std::span(kWords).first(kUnits)) {
    const std::string& value = profile.*word.value;
    const bool holds = is_signature(profile, value.substr(0, signature_size(profile)));
    if (value.empty() || (!holds && !begins_signature(profile, value))) continue;
    found.push_back({{word.setting, "signature-coding"},
                     fmt::format("{} {} cannot be told from {}a signature", word.setting,
                                 quote(value), holds ? "" : "the beginning of ")});
  }
}

void find_bad_escaping(const Profile& profile, Found& found) {
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
  Found found;
  if (!find_hash(profile.hash)) {
    found.push_back({{"hash"}, fmt::format("hash {} is not known", quote(profile.hash))});
    return found;  // what a signature looks like depends on it
  }
  find_bad_words(profile, found);
  find_confusable_words(profile, found);
  find_words_like_signatures(profile, found);
  find_bad_escaping(profile, found);
  return found;
}

}  // namespace chat
