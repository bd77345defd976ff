// What is said, as people read it.

#pragma once

#include <string>

#include "harness/explore/fuzz/said.h"
#include "reference/profile.h"

namespace chatspec {

// `HELLO, DATA, "text\n.\n"`: words of the profile by themselves, other bytes quoted, the beginning
// of them where they are long; `|` between segments.
std::string show_said(const chat::Profile& profile, const Said& step);
std::string show_said(const chat::Profile& profile, const SaidConversation& conversation);

}  // namespace chatspec
