// Scenarios are written in the words of the profile `line`. A unit that is one of these words is
// said as the profile has it; one that is such a word misspelt, in a way that scenarios use, is the
// profile's word misspelt in that way; and in any other, words that stand within it are replaced.
// Texts are taken as they are, unless the scenario is about escaping: then `\` and `.` change
// places with the profile's escape character and with what is escaped of its terminator, so that
// what was special stays special, and nothing else becomes so.

#include "harness/script/dialect.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

struct WordOfProfile {
  std::string_view written;  // in scenarios
  std::string chat::Profile::* said;
  UnitWord word;
};
constexpr std::array kWordsOfProfile{
    WordOfProfile{"260 OK", &chat::Profile::ok, UnitWord::kOk},
    WordOfProfile{"270 SIG", &chat::Profile::signature, UnitWord::kSignature},
    WordOfProfile{"HELLO", &chat::Profile::hello, UnitWord::kHello},
    WordOfProfile{"DATA", &chat::Profile::data, UnitWord::kData},
    WordOfProfile{"PASS", &chat::Profile::pass, UnitWord::kPass},
    WordOfProfile{"FAIL", &chat::Profile::fail, UnitWord::kFail},
    WordOfProfile{"QUIT", &chat::Profile::quit, UnitWord::kQuit},
    WordOfProfile{".", &chat::Profile::terminator, UnitWord::kTerminator},
};

// The dot is no word to look for within something else.
constexpr bool is_spelt_out(const WordOfProfile& one) {
  return one.word != UnitWord::kTerminator;
}

bool is_letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string capitalised(std::string_view text) {
  std::string out = lower_case(text);
  if (!out.empty()) out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
  return out;
}

std::string cut(std::string_view text) {
  return std::string(text.substr(0, text.size() - 1));
}

// The ways in which scenarios misspell a word.
constexpr std::array<std::string (*)(std::string_view), 3> kMisspellings{lower_case, capitalised,
                                                                         cut};

// Puts the profile's words where `text` has those of `line`; where `whole`, only as whole words.
std::string replace_words(std::string_view text, const chat::Profile& profile, bool whole,
                          std::string (*shown)(std::string_view)) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const auto found = std::ranges::find_if(kWordsOfProfile, [&](const WordOfProfile& one) {
      if (!is_spelt_out(one) || !rest.starts_with(one.written)) return false;
      const std::size_t end = at + one.written.size();
      const bool bounded = (at == 0 || !is_letter_or_digit(text[at - 1])) &&
                           (end == text.size() || !is_letter_or_digit(text[end]));
      return bounded || !whole;
    });
    if (found == kWordsOfProfile.end()) {
      out += text[at++];
    } else {
      out += shown(profile.*(found->said));
      at += found->written.size();
    }
  }
  return out;
}

std::string as_it_is(std::string_view text) {
  return std::string(text);
}

// What is escaped of the terminator, so that a line of text cannot look like it.
char find_dot(const chat::Profile& profile) {
  for (const char c : profile.terminator) {
    if (c != profile.escape && profile.escaped.contains(c)) return c;
  }
  return '.';
}

// A dot in ticks is the terminator, and not a full stop.
void replace_dot_in_ticks(std::string& text, std::string_view terminator) {
  constexpr std::string_view kDot = "`.`";
  const std::string said = "`" + chat::escape_bytes(terminator) + "`";
  for (std::size_t at = text.find(kDot); at != std::string::npos;
       at = text.find(kDot, at + said.size()))
    text.replace(at, kDot.size(), said);
}

}  // namespace

bool is_for(const Scenario& scenario, std::string_view word) {
  const Profiles* profiles = scenario.find<Profiles>();
  return profiles &&
         std::ranges::any_of(profiles->names, [&](const Name& name) { return name.text == word; });
}

Dialect::Dialect(const chat::Profile& profile, bool about_escaping)
    : profile_(&profile), about_escaping_(about_escaping && profile.escapes()) {
  const chat::Profile& line = *chat::find_profile("line");
  same_words_ = std::ranges::all_of(kWordsOfProfile, [&](const WordOfProfile& one) {
    return profile.*(one.said) == line.*(one.said);
  });
  for (std::size_t byte = 0; byte < marks_.size(); ++byte) marks_[byte] = static_cast<char>(byte);
  if (!about_escaping_) return;
  escape_ = *profile.escape;
  dot_ = find_dot(profile);
  same_marks_ = escape_ == '\\' && dot_ == '.';
  // Bytes change places, so that two that differ never become the same.
  const auto take_place = [this](char written, char said) {
    std::swap(marks_[static_cast<unsigned char>(written)], *std::ranges::find(marks_, said));
  };
  take_place('\\', escape_);
  take_place('.', dot_);
}

Dialect::Dialect(const chat::Profile& profile, const Scenario& scenario)
    : Dialect(profile, is_for(scenario, "escaping")) {}

std::string Dialect::unit(std::string_view written) const {
  if (same_words_) return std::string(written);
  for (const WordOfProfile& one : kWordsOfProfile) {
    const std::string& said = profile_->*(one.said);
    if (written == one.written) return said;
    if (!is_spelt_out(one)) continue;
    for (const auto misspell : kMisspellings) {
      if (written == misspell(one.written)) return misspell(said);
    }
  }
  return replace_words(written, *profile_, false, as_it_is);
}

std::string Dialect::text(std::string bytes) const {
  if (same_marks_) return bytes;
  for (char& c : bytes) c = marks_[static_cast<unsigned char>(c)];
  return bytes;
}

std::string Dialect::prose(std::string_view sentence) const {
  std::string out = same_words_ ? std::string(sentence)
                                : replace_words(sentence, *profile_, true, chat::escape_bytes);
  if (!same_words_) replace_dot_in_ticks(out, profile_->terminator);
  if (same_marks_) return out;
  const auto replace = [&out](std::string_view word, const std::string& said) {
    for (std::size_t at = out.find(word); at != std::string::npos;
         at = out.find(word, at + said.size()))
      out.replace(at, word.size(), said);
  };
  const std::string escape = chat::escape_bytes({&escape_, 1});
  const std::string dot = chat::escape_bytes({&dot_, 1});
  // What is put in place of `\.` must not be replaced again.
  const std::string escaped_dot = "\x01";
  if (out.contains(escaped_dot)) return out;
  replace("\\.", escaped_dot);
  if (escape_ != '\\') {
    replace("\\", escape);
    for (const std::string_view word : {"backslashes", "backslash"})
      replace(word, "`" + escape + "`");
  }
  if (dot_ != '.') {
    for (const std::string_view word : {"dots", "dot"}) replace(word, "`" + dot + "`");
  }
  replace(escaped_dot, escape + dot);
  return out;
}

UnitWord word_of(std::string_view unit, const chat::Profile& profile) {
  if (unit == profile.reply_to_pass() || unit == profile.reply_to_fail()) return UnitWord::kOk;
  for (const WordOfProfile& one : kWordsOfProfile) {
    if (unit == profile.*(one.said)) return one.word;
  }
  return UnitWord::kNone;
}

}  // namespace chatspec
