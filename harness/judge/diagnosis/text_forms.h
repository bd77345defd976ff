// What a mistaken program makes of a text before it hashes it, or before it sends it. Each form is
// a mistake for itself; those of the signature's other parts (signature_forms.h), or of how a text
// is sent (text_search.h), meet them. The first form is the right one.
//
// What a form costs says how unlikely it is: of several combinations that give the same, the
// cheapest is named.

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "harness/judge/diagnosis/ingredients.h"

namespace chatspec {

// How unlikely a form is.
inline constexpr int kCommon = 2;
inline constexpr int kPlausible = 3;
inline constexpr int kRare = 4;

// Up to which cost others are told beside the simplest: a mistake that is plausible may be the one,
// where a common one gives the same.
constexpr int as_likely_as(int cost) {
  return cost == kCommon ? kPlausible : cost;
}

// More keys and messages than that are not looked through.
inline constexpr std::size_t kMostOthers = 8;

// One form of a part. The id is stable, and empty for the right form. `words` are a part of the
// sentence "this is the hash of WORDS WORDS …".
struct FormName {
  std::string id{};
  std::string words{};
  int cost = 0;
};

// Whose mistake a form of the text may be: of whoever takes it off the wire, or of anybody who has
// it.
enum class Holder { kReceiver, kAnybody };

struct TextForm {
  FormName name;
  Holder holder = Holder::kAnybody;
  std::function<std::vector<std::string>()> make_lines;  // of what the forms were made for
};
// Borrows the ingredients.
std::vector<TextForm> text_forms(const Ingredients& in);

}  // namespace chatspec
