// A scenario is read twice at once, in the profile that it was written for and in the one in which
// it is to be played. A unit must be the same word of the protocol in both, or in neither. The
// bytes of a text are decoded in both, and must give the same lines and end at the same place. What
// random text and `<message …>` are is left out: they are encoded for each profile, and mean the
// same.

#include "harness/script/same_meaning.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "harness/scenario/item_kind.h"
#include "harness/script/dialect.h"
#include "reference/framing.h"
#include "reference/message_decoder.h"

namespace chatspec {
namespace {

// The profile that a scenario was written for, where it is to be played in `profile`.
chat::Profile written_for(const chat::Profile& profile, const Scenario& scenario) {
  chat::Profile written = *chat::find_profile(profile.has_line_ends() ? "line" : "bare");
  if (is_for(scenario, "dot-stuffing")) {
    written.escape.reset();
    written.dot_stuffing = true;
  }
  return written;
}

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
