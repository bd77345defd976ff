// The ways in which a signature is known to be made wrongly, each for itself. They concern
// different parts of it, so that any can meet any other: the text that is hashed, what is put
// between and behind its lines, which key it is, where that goes, and what is made of the hash's
// value. The first form of each part is the right one.
//
// What a form costs says how unlikely it is: of several combinations that give the same signature,
// the cheapest is named.

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/judge/ingredients.h"
#include "reference/profile.h"
#include "reference/signature.h"

namespace chatspec {

// How unlikely a form is.
inline constexpr int kCommon = 2;
inline constexpr int kPlausible = 3;
inline constexpr int kRare = 4;

// More keys and messages than that are not looked through.
inline constexpr std::size_t kMostOthers = 8;

// One form of a part. The id is stable, and empty for the right form. `words` are a part of the
// sentence "this is the hash of WORDS WORDS …".
struct FormName {
  std::string id{};
  std::string words{};
  int cost = 0;
};

struct TextForm {
  FormName name;
  std::function<std::vector<std::string>()> make_lines;  // of what the forms were made for
};
// Borrows the ingredients.
std::vector<TextForm> text_forms(const Ingredients& in);

struct LineForm {
  FormName name;
  std::string between;
  std::string behind_last;
};
std::vector<LineForm> line_forms(const chat::Profile& profile);

struct KeyForm {
  FormName name;
  std::string key;
};
std::vector<KeyForm> key_forms(const Ingredients& in);

struct PlaceForm {
  enum class Place { kNowhere, kBehind, kBefore, kAround, kBehindEachLine, kBeforeEachLine, kHmac };
  FormName name;
  Place place = Place::kBehind;
  std::string between;  // it and the text
};
std::vector<PlaceForm> place_forms(const chat::Profile& profile);

struct ValueForm {
  enum class Rounds { kOne, kOfHex, kOfValue };
  FormName name;
  const chat::HashName* hash = nullptr;
  Rounds rounds = Rounds::kOne;  // the hash of the value, or of its hexadecimal digits
};
// Those whose value has so many bytes, or more where it may be cut to them.
std::vector<ValueForm> value_forms(const chat::Profile& profile, std::size_t bytes);

}  // namespace chatspec
