// Which mistakes together give exactly a signature that came.

#pragma once

#include <string_view>

#include "harness/judge/diagnosis/ingredients.h"
#include "harness/judge/findings/cause.h"

namespace chatspec {

// Tries the combinations of all forms (signature_forms.h), the likeliest first, until one gives the
// value that these characters stand for: hexadecimal digits, or base64. The cause tells of others
// that are as likely and give the same. It is not known where none does, or none was found with
// a bounded amount of work: how much is the same on every machine.
Cause search_mistakes(const Ingredients& in, std::string_view received);

}  // namespace chatspec
