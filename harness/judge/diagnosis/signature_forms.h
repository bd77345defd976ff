// The ways in which a signature is known to be made wrongly, each for itself. They concern
// different parts of it, so that any can meet any other: the text that is hashed, what is put
// between and behind its lines, which key it is, where that goes, and what is made of the hash's
// value. The first form of each part is the right one. Those of the text are in text_forms.h.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/judge/diagnosis/ingredients.h"
#include "harness/judge/diagnosis/text_forms.h"
#include "reference/profile.h"
#include "reference/signature.h"

namespace chatspec {

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
  enum class Place {
    kNowhere,
    kBehind,
    kBefore,
    kAround,
    kBehindEachLine,
    kBeforeEachLine,
    kBehindHash,  // of the text, which is hashed for itself
    kBehindDigitsOfHash,
    kHmac
  };
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
