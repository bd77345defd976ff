#include "harness/script/dialect.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "harness/scenario/item_kind.h"
#include "reference/framing.h"
#include "reference/message_decoder.h"
#include "reference/quote.h"

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

bool is_for(const Scenario& scenario, std::string_view word) {
  const Profiles* profiles = scenario.find<Profiles>();
  return profiles &&
         std::ranges::any_of(profiles->names, [&](const Name& name) { return name.text == word; });
}

// The profile that a scenario was written for, where it is to be played in `profile`.
chat::Profile written_for(const chat::Profile& profile, const Scenario& scenario) {
  chat::Profile written = *chat::find_profile(profile.has_line_ends() ? "line" : "bare");
  if (is_for(scenario, "dot-stuffing")) {
    written.escape.reset();
    written.dot_stuffing = true;
  }
  return written;
}

}  // namespace

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

namespace {

// Keeps the lines of a text.
class Lines : public chat::TextSink {
 public:
  void text(std::string_view piece) override { seen_ += piece; }
  void line_end() override { seen_ += '\n'; }
  const std::string& seen() const { return seen_; }

 private:
  std::string seen_;
};

// What the lines of one connection's text are in a profile. Borrows it.
class TextReading {
 public:
  explicit TextReading(const chat::Profile& profile) : decoder_(profile, lines_) {}
  TextReading(const TextReading&) = delete;
  TextReading& operator=(const TextReading&) = delete;

  void read(std::string_view bytes) {
    if (ended_) return;
    const auto message = decoder_.next(bytes);
    ended_ = message && message->has_value();
  }
  bool ended() const { return ended_; }
  const std::string& seen() const { return lines_.seen(); }

 private:
  Lines lines_;
  chat::MessageDecoder decoder_;
  bool ended_ = false;
};

// In base64 another case is another signature, and neither right nor surely wrong.
bool has_form(SignatureForm form, const chat::Profile& profile) {
  const bool of_case = form == SignatureForm::kUpperCase || form == SignatureForm::kMixedCase;
  return !of_case || profile.signature_coding != chat::SignatureCoding::kBase64;
}

// Reads a scenario in two profiles.
class Comparison {
 public:
  Comparison(const Scenario& scenario, const chat::Profile& profile)
      : written_(written_for(profile, scenario)), said_(profile), dialect_(profile, scenario) {}

  bool is_complete() const { return announced_.empty(); }

  // Whether the line is the same in both.
  bool add(const TranscriptLine& line) {
    if (!keeps_announcement_whole(line)) return false;
    if (line.speaker == Role::kClient && texts_.contains(line.connection)) return add_to_text(line);
    const bool same = std::ranges::all_of(line.alternatives, [&](const Alternative& one) {
      if (one.item.kind == ItemKind::kSignature) return has_form(one.item.form, said_);
      const std::string unit = one.item.text.bytes;
      return one.item.kind != ItemKind::kUnit || one.item.text.times != 1 ||
             word_of(unit, written_) == word_of(dialect_.unit(unit), said_);
    });
    const Item& item = line.alternatives.front().item;
    const bool opens_text = item.kind == ItemKind::kUnit && line.speaker == Role::kClient &&
                            word_of(item.text.bytes, written_) == UnitWord::kData;
    if (opens_text) texts_.try_emplace(line.connection, written_, said_);
    return same;
  }

 private:
  // Without line ends, a reply with the signature behind it is one unit, and neither is sent
  // without the other.
  bool keeps_announcement_whole(const TranscriptLine& line) {
    if (!said_.has_signature_behind_reply() || said_.has_line_ends()) return true;
    const Item& item = line.alternatives.front().item;
    const bool is_signature =
        item.kind == ItemKind::kSignature || item.kind == ItemKind::kAnySignature;
    if (announced_.erase(line.connection) > 0) return is_signature;
    if (line.speaker == Role::kServer && is_unit(item, kAnnouncementUnit))
      announced_.insert(line.connection);
    return true;
  }

  struct Text {
    Text(const chat::Profile& written_profile, const chat::Profile& said_profile)
        : written(written_profile), said(said_profile) {}
    TextReading written, said;
  };

  bool add_to_text(const TranscriptLine& line) {
    Text& text = texts_.at(line.connection);
    const Item& item = line.alternatives.front().item;
    const std::string bytes = item.text.expanded();
    if (item.kind == ItemKind::kUnit) {
      text.written.read(chat::encode_unit(written_, bytes));
      text.said.read(chat::encode_unit(
          said_, bytes == written_.terminator ? said_.terminator : dialect_.text(bytes)));
    } else if (item.kind == ItemKind::kRaw) {
      text.written.read(bytes);
      text.said.read(dialect_.text(bytes));
    }  // a <message …> is its own text in every profile
    if (text.written.ended() != text.said.ended()) return false;
    if (!text.written.ended()) return true;
    const bool same = dialect_.text(text.written.seen()) == text.said.seen();
    texts_.erase(line.connection);
    return same;
  }

  const chat::Profile written_;
  const chat::Profile& said_;
  Dialect dialect_;
  std::set<int> announced_;    // the connections on which a signature is due
  std::map<int, Text> texts_;  // by connection, those that are not complete
};

}  // namespace

bool means_the_same(const Scenario& scenario, const chat::Profile& profile) {
  Comparison comparison(scenario, profile);
  const bool has_forms =
      std::ranges::all_of(scenario.all<FileSignature>(), [&](const FileSignature* wanted) {
        const SignatureForm* form = std::get_if<SignatureForm>(&wanted->content);
        return !form || has_form(*form, profile);
      });
  if (!has_forms) return false;
  return std::ranges::all_of(scenario.all<TranscriptLine>(),
                             [&](const TranscriptLine* line) { return comparison.add(*line); }) &&
         comparison.is_complete();
}

}  // namespace chatspec
