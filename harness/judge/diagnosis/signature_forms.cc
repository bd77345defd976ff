#include "harness/judge/diagnosis/signature_forms.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <sstream>

#include <fmt/format.h>

#include "reference/escape.h"

namespace chatspec {
namespace {

// What is left of keys where blanks separate them.
std::vector<std::string> words_of(const std::vector<std::string>& keys) {
  std::vector<std::string> words;
  for (const std::string& key : keys) {
    std::istringstream in(key);
    for (std::string word; in >> word && words.size() < kMostOthers;) words.push_back(word);
  }
  return words;
}

std::string cut_by_one(std::string key) {
  if (!key.empty()) key.pop_back();
  return key;
}

// In bytes, as programs have them.
constexpr std::array<std::size_t, 9> kBuffers{8, 16, 32, 64, 100, 128, 256, 512, 1024};

// What is left of a key in a buffer of so many bytes, or of one more, as fgets() and strncpy()
// leave it; or the whole of the buffer, NULs and all. 8 is the size of a pointer, too.
KeyForm key_of(std::string key, std::size_t bytes) {
  const bool is_cut = key.size() > bytes;
  const std::string words =
      fmt::format("{} {} bytes{}", is_cut ? "the key cut to" : "the key with NULs after it, up to",
                  bytes, bytes == sizeof(void*) ? " (as many as a pointer has)" : "");
  key.resize(bytes);
  return {{fmt::format("key-of-{}-bytes", bytes), words, kRare}, std::move(key)};
}

}  // namespace

std::vector<LineForm> line_forms(const chat::Profile& profile) {
  struct LineWord {
    std::string_view id, words, between, behind_last;
    int cost;
  };
  std::vector<LineForm> forms{{{}, profile.hash_join, ""}};
  for (const LineWord& word : {
           LineWord{"unjoined", "with nothing between its lines", "", "", kCommon},
           LineWord{"lf", "with LF after each line", "\n", "\n", kCommon},
           LineWord{"cr-lf", "with CR LF after each line", "\r\n", "\r\n", kCommon},
           LineWord{"lf-between", "with LF between its lines", "\n", "", kCommon},
           LineWord{"cr-lf-between", "with CR LF between its lines", "\r\n", "", kCommon},
           LineWord{"cr", "with CR after each line", "\r", "\r", kPlausible},
           LineWord{"cr-between", "with CR between its lines", "\r", "", kPlausible},
           LineWord{"blank-between", "with a blank between its lines", " ", "", kCommon},
           LineWord{"blank", "with a blank after each line", " ", " ", kPlausible},
           LineWord{"lf-cr", "with LF CR after each line", "\n\r", "\n\r", kRare},
           LineWord{"lf-behind-last", "with LF after its end", "", "\n", kPlausible},
           LineWord{"cr-lf-behind-last", "with CR LF after its end", "", "\r\n", kPlausible},
           LineWord{"cr-behind-last", "with CR after its end", "", "\r", kPlausible},
           LineWord{"blank-behind-last", "with a blank after its end", "", " ", kRare},
           LineWord{"dot-behind-last", "with a dot after its end", "", ".", kRare},
           LineWord{"lf-two-behind-last", "with LF between its lines, and two after its end", "\n",
                    "\n\n", kRare},
           LineWord{"nul-behind-last", "with a zero byte after its end", "",
                    std::string_view("\0", 1), kRare},
       }) {
    if (word.between == forms.front().between && word.behind_last.empty()) continue;
    forms.push_back({{std::string(word.id), std::string(word.words), word.cost},
                     std::string(word.between),
                     std::string(word.behind_last)});
  }
  return forms;
}

std::vector<KeyForm> key_forms(const Ingredients& in) {
  const std::string& key = in.own_key();
  std::vector<KeyForm> forms{{{"", "the key", 0}, key}};
  const auto add = [&](std::string id, std::string words, int cost, std::string form) {
    if (std::ranges::none_of(forms, [&](const KeyForm& one) { return one.key == form; }))
      forms.push_back({{std::move(id), std::move(words), cost}, std::move(form)});
  };
  for (std::size_t i = 0; i < std::min(in.keys.size(), kMostOthers); ++i) {
    add(fmt::format("key-{}", i + 1), fmt::format("key {} instead of {}", i + 1, in.key + 1),
        kCommon, in.keys[i]);
  }
  const std::vector<std::string> words = words_of(in.keys);
  for (std::size_t i = 0; i < words.size(); ++i) {
    add(fmt::format("key-word-{}", i + 1), fmt::format("word {} of the key file", i + 1),
        kPlausible, words[i]);
  }
  add("key-lf", "the key with its line end (LF)", kCommon, key + "\n");
  add("key-cr-lf", "the key with its line end (CR LF)", kCommon, key + "\r\n");
  add("key-cr", "the key with the CR of its line end", kCommon, key + "\r");
  add("key-stripped", "the key without the blanks at its ends", kPlausible,
      std::string(strip(key)));
  std::string unescaped_key;
  chat::unescape_line(in.profile, key, unescaped_key);
  add("key-unescaped", "the key, unescaped as the text is", kPlausible, unescaped_key);
  add("key-cut", "the key without its last character", kPlausible, cut_by_one(key));
  add("key-cut-in-front", "the key without its first character", kRare,
      key.empty() ? "" : key.substr(1));
  add("key-nul", "the key with the NUL after it", kPlausible, key + '\0');
  for (const std::size_t buffer : kBuffers) {
    KeyForm whole = key_of(key, buffer);
    KeyForm cut = key_of(key, buffer - 1);
    add(whole.name.id, whole.name.words, whole.name.cost, whole.key);
    if (key.size() >= buffer) add(cut.name.id, cut.name.words, cut.name.cost, cut.key);
  }
  add("key-twice", "the key, twice", kPlausible, key + key);
  std::string all;
  std::string all_with_lf;
  for (const std::string& one : in.keys) {
    all += one;
    all_with_lf += one + "\n";
  }
  add("all-keys", "all keys", kPlausible, all);
  add("key-file", "the whole key file", kPlausible, all_with_lf);
  add("key-printed-bytes", fmt::format("the key as Python prints bytes (b'{}')", "…"), kPlausible,
      "b'" + key + "'");
  add("key-printed-bytes-lf", "the key with its line end, as Python prints bytes (b'…\\n')", kRare,
      "b'" + key + "\\n'");
  add("key-quoted", "the key in quotation marks", kRare, "\"" + key + "\"");
  add("key-single-quoted", "the key in single quotation marks", kRare, "'" + key + "'");
  add("key-list", "the key as Python prints a list (['…'])", kRare, "['" + key + "']");
  return forms;
}

std::vector<PlaceForm> place_forms(const chat::Profile& profile) {
  struct PlaceWord {
    std::string_view id, words;
    PlaceForm::Place place;
    std::string_view between;
    int cost;
  };
  static constexpr std::array kPlaces{
      PlaceWord{"behind", "then {}", PlaceForm::Place::kBehind, "", kCommon},
      PlaceWord{"before", "preceded by {}", PlaceForm::Place::kBefore, "", kCommon},
      PlaceWord{"hmac", "as an HMAC with {}", PlaceForm::Place::kHmac, "", kCommon},
      PlaceWord{"no-key", "without a key", PlaceForm::Place::kNowhere, "", kCommon},
      PlaceWord{"behind-each-line", "each line followed by {}", PlaceForm::Place::kBehindEachLine,
                "", kPlausible},
      PlaceWord{"before-each-line", "each line preceded by {}", PlaceForm::Place::kBeforeEachLine,
                "", kRare},
      PlaceWord{"around", "between {} and itself again", PlaceForm::Place::kAround, "", kRare},
      PlaceWord{"behind-lf", "then LF and {}", PlaceForm::Place::kBehind, "\n", kPlausible},
      PlaceWord{"behind-cr-lf", "then CR LF and {}", PlaceForm::Place::kBehind, "\r\n", kPlausible},
      PlaceWord{"behind-blank", "then a blank and {}", PlaceForm::Place::kBehind, " ", kPlausible},
      PlaceWord{"behind-digits-of-hash", "hashed once already (in digits), then {}",
                PlaceForm::Place::kBehindDigitsOfHash, "", kPlausible},
      PlaceWord{"behind-hash", "hashed once already (as bytes), then {}",
                PlaceForm::Place::kBehindHash, "", kRare},
      PlaceWord{"before-lf", "preceded by {} and LF", PlaceForm::Place::kBefore, "\n", kPlausible},
      PlaceWord{"before-blank", "preceded by {} and a blank", PlaceForm::Place::kBefore, " ",
                kPlausible},
  };
  const PlaceForm::Place due =
      profile.key_position == chat::KeyPosition::kAfterText    ? PlaceForm::Place::kBehind
      : profile.key_position == chat::KeyPosition::kBeforeText ? PlaceForm::Place::kBefore
                                                               : PlaceForm::Place::kHmac;
  std::vector<PlaceForm> forms;
  for (const PlaceWord& word : kPlaces) {
    const bool right = word.place == due && word.between.empty();
    PlaceForm form{
        {right ? "" : std::string(word.id), std::string(word.words), right ? 0 : word.cost},
        word.place,
        std::string(word.between)};
    forms.insert(right ? forms.begin() : forms.end(), std::move(form));
  }
  return forms;
}

std::vector<ValueForm> value_forms(const chat::Profile& profile, std::size_t bytes) {
  const chat::HashName* own = chat::find_hash(profile.hash);
  assert(own && "a profile names a hash that there is");
  std::vector<ValueForm> forms;
  const auto add = [&](const chat::HashName* hash, ValueForm::Rounds rounds, std::string_view id,
                       std::string_view words, int cost) {
    if (hash->bytes < bytes) return;
    FormName name{std::string(id), std::string(words), cost};
    if (hash->bytes > bytes) {
      name.id += name.id.empty() ? "cut" : "-cut";
      name.words += fmt::format("{}cut to {} bytes", name.words.empty() ? "" : ", ", bytes);
      name.cost += kPlausible;
    }
    forms.push_back({std::move(name), hash, rounds});
  };
  add(own, ValueForm::Rounds::kOne, "", "", 0);
  for (const chat::HashName& hash : chat::known_hashes()) {
    if (&hash != own)
      add(&hash, ValueForm::Rounds::kOne, hash.setting, fmt::format("by {}", hash.setting),
          kCommon);
  }
  add(own, ValueForm::Rounds::kOfHex, "of-hex", "hashed again as hexadecimal digits", kPlausible);
  add(own, ValueForm::Rounds::kOfValue, "of-value", "hashed twice", kPlausible);
  return forms;
}

}  // namespace chatspec
