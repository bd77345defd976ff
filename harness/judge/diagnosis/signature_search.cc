// A combination takes one form of each part, and costs what its forms cost. The combinations are
// gone through by their costs, so that the first that gives the value is the simplest; the others
// that are about as likely are tried as well, since they explain it as well.
//
// A value of 32 bytes cannot be met by chance, and none of fewer than 8 is looked for
// (signature_reading.h).

#include "harness/judge/diagnosis/signature_search.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/judge/diagnosis/signature_forms.h"
#include "harness/judge/diagnosis/signature_reading.h"
#include "harness/judge/findings/alternatives.h"
#include "harness/script/dialect.h"

namespace chatspec {
namespace {

constexpr int kMostCost = 9;
// Work is counted in bytes hashed; putting one combination together is worth that many.
constexpr std::size_t kMostWork = std::size_t{32} << 20;
constexpr std::size_t kWorkOfOne = 400;

// A form of the text, and its lines once they are needed: of a long text that is work, too.
class LazyText {
 public:
  explicit LazyText(TextForm form) : form_(std::move(form)) {}
  const FormName& name() const { return form_.name; }
  const std::vector<std::string>& lines() const {
    if (!lines_) lines_ = form_.make_lines();
    return *lines_;
  }

 private:
  TextForm form_;
  mutable std::optional<std::vector<std::string>> lines_;
};

// One form of each part.
struct Combination {
  const LazyText& text;
  const LineForm& line;
  const KeyForm& key;
  const PlaceForm& place;
  const ValueForm& value;

  // A part that another makes meaningless stays right: without it the combination is the same.
  bool is_sensible() const {
    const bool line_matters = line.name.id.empty() || text.lines().size() > 1 ||
                              (text.lines().size() == 1 && !line.behind_last.empty());
    return (place.place != PlaceForm::Place::kNowhere || key.name.id.empty()) && line_matters;
  }
};

std::string join(const std::vector<std::string>& lines, const LineForm& form) {
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i)
    out.append(lines[i]).append(i + 1 < lines.size() ? form.between : form.behind_last);
  return out;
}

std::string join_with_key(const std::vector<std::string>& lines, const LineForm& form,
                          std::string_view key, bool behind) {
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!behind) out += key;
    out.append(lines[i]);
    if (behind) out += key;
    out.append(i + 1 < lines.size() ? form.between : form.behind_last);
  }
  return out;
}

// What is hashed of a text with its key, by this hash.
std::string hashed_bytes(const Combination& one, chat::Digest& hash) {
  const std::string& key = one.key.key;
  const std::string& between = one.place.between;
  switch (one.place.place) {
    case PlaceForm::Place::kNowhere:
    case PlaceForm::Place::kHmac:
      return join(one.text.lines(), one.line);
    case PlaceForm::Place::kBehind:
      return join(one.text.lines(), one.line) + between + key;
    case PlaceForm::Place::kBefore:
      return key + between + join(one.text.lines(), one.line);
    case PlaceForm::Place::kAround:
      return key + join(one.text.lines(), one.line) + key;
    case PlaceForm::Place::kBehindEachLine:
      return join_with_key(one.text.lines(), one.line, key, true);
    case PlaceForm::Place::kBeforeEachLine:
      return join_with_key(one.text.lines(), one.line, key, false);
    case PlaceForm::Place::kBehindHash:
      return hash.of(join(one.text.lines(), one.line)) + key;
    case PlaceForm::Place::kBehindDigitsOfHash:
      return chat::to_hex(hash.of(join(one.text.lines(), one.line))) + key;
  }
  return {};
}

// The words of each part: "the text", "with LF after each line", "then the key", …
using Words = std::array<std::string, 4>;
constexpr std::size_t kKeyWords = 2;

Words describe(const Combination& one) {
  return {one.text.name().words, one.line.name.words,
          fmt::format(fmt::runtime(one.place.name.words), one.key.name.words),
          one.value.name.words};
}

std::string join_words(const Words& words, std::span<const bool, 4> wanted) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (wanted[i] && !words[i].empty()) out += (out.empty() ? "" : ", ") + words[i];
  }
  return out;
}

// "the text, with LF after each line, then the key"
std::string to_text(const Words& words) {
  return join_words(words, std::array{true, true, true, true});
}

// Only the parts in which it differs from another.
std::string describe_difference(const Words& words, const Words& other) {
  std::array<bool, 4> differs{};
  for (std::size_t i = 0; i < words.size(); ++i) differs[i] = words[i] != other[i];
  const std::string text = join_words(words, differs);
  return text.empty() ? to_text(words) : text;
}

std::string list_ids(const Combination& one) {
  std::string ids;
  for (const FormName* name :
       {&one.text.name(), &one.line.name, &one.key.name, &one.place.name, &one.value.name}) {
    if (!name->id.empty()) ids += (ids.empty() ? "" : "+") + name->id;
  }
  return ids;
}

struct Found {
  std::string ids;
  Words words;
};

// All that is searched, and what was found of it so far.
class Search {
 public:
  Search(const Ingredients& in, const WantedValue& wanted)
      : wanted_(wanted),
        lines_(line_forms(in.profile)),
        keys_(key_forms(in)),
        places_(place_forms(in.profile)),
        values_(value_forms(in.profile, wanted.bytes)) {
    for (TextForm& form : text_forms(in)) texts_.emplace_back(std::move(form));
  }

  // The simplest, and those that are about as likely.
  std::vector<Found> run() {
    int last = kMostCost;
    for (int cost = 0; cost <= last && !is_exhausted(); ++cost) {
      const bool is_first = found_.empty();
      try_all_of(cost);
      if (is_first && !found_.empty()) last = as_likely_as(cost);
    }
    return std::move(found_);
  }

 private:
  bool is_exhausted() const { return work_ >= kMostWork; }

  void try_all_of(int cost) {
    for (const LazyText& text : texts_) {
      for (const LineForm& line : lines_) {
        for (const PlaceForm& place : places_) {
          for (const KeyForm& key : keys_) {
            const int so_far = text.name().cost + line.name.cost + place.name.cost + key.name.cost;
            if (so_far > cost) continue;
            for (const ValueForm& value : values_) {
              if (so_far + value.name.cost != cost) continue;
              if (is_exhausted()) return;
              try_one({text, line, key, place, value});
            }
          }
        }
      }
    }
  }

  // Of another form it may be the same text as the right one.
  bool is_right_after_all(const LazyText& text) const {
    return !text.name().id.empty() && text.lines() == texts_.front().lines();
  }

  void try_one(const Combination& one) {
    if (!one.is_sensible() || is_right_after_all(one.text)) return;
    const std::string bytes = hashed_bytes(one, digest_of(*one.value.hash));
    work_ += kWorkOfOne + bytes.size();
    if (!wanted_.is_met(value_of(one, bytes))) return;
    found_.push_back({list_ids(one), describe(one)});
  }

  std::string value_of(const Combination& one, const std::string& bytes) {
    chat::Digest& digest = digest_of(*one.value.hash);
    const std::string value = one.place.place == PlaceForm::Place::kHmac
                                  ? digest.of(bytes, one.key.key)
                                  : digest.of(bytes);
    switch (one.value.rounds) {
      case ValueForm::Rounds::kOne:
        return value;
      case ValueForm::Rounds::kOfHex:
        return digest.of(chat::to_hex(value));
      case ValueForm::Rounds::kOfValue:
        return digest.of(value);
    }
    return value;
  }

  chat::Digest& digest_of(const chat::HashName& hash) {
    return digests_.try_emplace(&hash, hash).first->second;
  }

  const WantedValue& wanted_;
  std::vector<LazyText> texts_;
  std::vector<LineForm> lines_;
  std::vector<KeyForm> keys_;
  std::vector<PlaceForm> places_;
  std::vector<ValueForm> values_;
  std::map<const chat::HashName*, chat::Digest> digests_;
  std::size_t work_ = 0;
  std::vector<Found> found_;
};

// Combinations that have causes of their own: the mistakes that programs are known for. Where the
// sentence does not say of the key that it is right, that is added.
struct NamedMistakes {
  std::string_view mistakes;
  CauseId cause;
  bool tells_of_key = false;
};
constexpr std::array kNamed{
    NamedMistakes{"behind", "key-behind-text", true},
    NamedMistakes{"before", "key-before-text", true},
    NamedMistakes{"hmac", "keyed-hash", true},
    NamedMistakes{"lf", "text-with-line-ends"},
    NamedMistakes{"cr-lf", "text-with-cr-lf"},
    NamedMistakes{"lf-between", "text-joined-by-lf"},
    NamedMistakes{"cr", "text-with-cr"},
    NamedMistakes{"blank-between", "text-joined-by-blanks"},
    NamedMistakes{"still-escaped", "text-still-escaped"},
    NamedMistakes{"still-escaped+lf", "text-still-escaped-with-line-ends"},
    NamedMistakes{"still-escaped+cr-lf", "text-still-escaped-with-line-ends"},
    NamedMistakes{"only-dots-unescaped", "only-dots-unescaped"},
    NamedMistakes{"only-backslashes-unescaped", "only-backslashes-unescaped"},
    NamedMistakes{"backslashes-unescaped-first", "backslashes-unescaped-first"},
    NamedMistakes{"dots-unescaped-first", "dots-unescaped-first"},
    NamedMistakes{"no-backslashes", "all-backslashes-removed"},
    NamedMistakes{"messages-so-far", "text-not-emptied"},
    NamedMistakes{"last-line", "last-line-only"},
    NamedMistakes{"first-line", "first-line-only"},
    NamedMistakes{"lines-stripped", "lines-stripped"},
    NamedMistakes{"text-stripped", "text-stripped"},
    NamedMistakes{"with-terminator", "text-with-terminator"},
    NamedMistakes{"with-terminator+lf", "text-with-line-ends-and-terminator"},
    NamedMistakes{"no-key", "text-without-key", true},
    NamedMistakes{"messages-and-keys-so-far", "hash-not-reset", true},
    NamedMistakes{"behind-each-line", "key-behind-each-line", true},
    NamedMistakes{"key-lf", "key-with-lf", true},
    NamedMistakes{"key-cr", "key-with-cr", true},
    NamedMistakes{"key-cr-lf", "key-with-cr-lf", true},
    NamedMistakes{"lf+key-lf", "text-and-key-with-line-ends", true},
    NamedMistakes{"nothing", "key-without-text", true},
    NamedMistakes{"nothing+no-key", "nothing-hashed", true},
};

std::string words_of(const Found& one, const ValueReading& reading) {
  return to_text(one.words) + (reading.id.empty() ? "" : ", " + reading.words);
}

// Of the known mistakes; where they have no cause of their own, one that lists them.
Cause name_mistakes(const Ingredients& in, const Found& found, const ValueReading& reading) {
  if (!reading.id.empty())
    return make_cause("hashed-otherwise", {{"what", words_of(found, reading)}});
  const auto named = std::ranges::find(kNamed, found.ids, &NamedMistakes::mistakes);
  if (named != kNamed.end()) {
    Cause cause = make_cause(named->cause);
    if (!named->tells_of_key) cause.sentence += ", " + found.words[kKeyWords];
    // What is about escaping is said in the profile's characters.
    cause.sentence = Dialect(in.profile, true).prose(cause.sentence);
    return cause;
  }
  if (chat::find_hash(found.ids))
    return make_cause("other-hash", {{"hash", found.ids}, {"due", in.profile.hash}});
  return make_cause("hashed-otherwise", {{"what", to_text(found.words)}});
}

// The named one first: whoever looks at several failures sees which mistake explains most of them.
std::vector<std::string> ids_of(const std::vector<Found>& found, const ValueReading& reading) {
  std::vector<std::string> ids;
  for (const Found& one : found) {
    ids.push_back(one.ids);
    if (!reading.id.empty()) ids.back() += (one.ids.empty() ? "" : "+") + reading.id;
  }
  return ids;
}

std::vector<std::string> words_of(const std::vector<Found>& found, const ValueReading& reading) {
  std::vector<std::string> words;
  for (const Found& one : found) words.push_back(words_of(one, reading));
  return words;
}

std::vector<std::string> describe_others(const std::vector<Found>& found) {
  std::vector<std::string> others;
  for (std::size_t i = 1; i < found.size(); ++i)
    others.push_back(describe_difference(found[i].words, found.front().words));
  return others;
}

}  // namespace

Cause search_mistakes(const Ingredients& in, std::string_view received) {
  for (const ValueReading& reading : read_signature(in.profile, received)) {
    const std::vector<Found> found = Search(in, reading.wanted).run();
    const bool is_right = !found.empty() && found.front().ids.empty() && reading.id.empty();
    if (!found.empty() && !is_right) {
      Cause cause = name_mistakes(in, found.front(), reading);
      add_others(cause, words_of(found, reading),
                 tell_others("for this text", describe_others(found)));
      cause.parameters.emplace_back("mistakes", list_mistakes(ids_of(found, reading)));
      return cause;
    }
  }
  return {};
}

}  // namespace chatspec
