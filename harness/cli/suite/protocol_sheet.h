// The protocol as one profile has it, on a sheet for those who are to implement it.

#pragma once

#include <string>

#include "reference/profile.h"
#include "reference/requirements.h"

namespace chatspec {

// Plain text: an example with real bytes, how lines, texts and signatures are made, and every
// requirement that binds in the profile, in its words.
std::string render_sheet(const chat::Profile& profile);

// The requirement's text in the words of the profile.
std::string text_in_profile(const chat::Requirement& requirement, const chat::Profile& profile);

}  // namespace chatspec
