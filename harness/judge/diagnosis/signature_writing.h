// What a program makes of the right value of a signature where it writes it down. The value is
// known, so nothing is searched: each mistake is made of it, and has to give all that came.

#pragma once

#include <string_view>

#include "harness/judge/findings/cause.h"
#include "reference/profile.h"

namespace chatspec {

// `due` is the signature as it should be. `received` is what came in its place, with or without its
// line end, and may have more after that. Not known where it is no right value.
Cause diagnose_writing(const chat::Profile& profile, std::string_view due,
                       std::string_view received);

// Whether it is the id of a cause that diagnose_writing() names.
bool is_about_writing(std::string_view cause);

}  // namespace chatspec
