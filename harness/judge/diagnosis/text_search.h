// Why a client's text may not be that of its message: a search over combinations of known mistakes,
// as signature_search.h is for signatures, and with the same forms of the text.

#pragma once

#include <string_view>

#include "harness/judge/diagnosis/ingredients.h"
#include "harness/judge/findings/cause.h"

namespace chatspec {

// The simplest combination of what was made of the text, what was put between its lines, and how
// they were escaped, that gives exactly what came, as far as both go. `received` is all that came
// from the text's begin on. Not known where none does, or where the received bytes are right.
Cause search_text_mistakes(const Ingredients& in, std::string_view received);

// Whether what came is what a mistake makes of the text, as far as both go: a player looks no
// further than the first line that is wrong, and when that is complete depends on how it was sent.
bool explains(std::string_view mistaken, std::string_view received, std::string_view right);

}  // namespace chatspec
