// What a scenario makes of a right signature, to see whether a client notices it.

#pragma once

#include <string>

#include "harness/scenario/scenario.h"

namespace chatspec {

// The signature in that form. Forms that are wrong differ from it; whether they are signatures at
// all is what their names say.
std::string in_form(SignatureForm form, const std::string& signature);

}  // namespace chatspec
