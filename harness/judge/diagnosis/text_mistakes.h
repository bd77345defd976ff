// How mistaken clients put the lines of a text on the wire, in the characters of a profile.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/judge/findings/cause.h"
#include "reference/profile.h"

namespace chatspec {

struct TextMistake {
  Cause cause;
  std::function<std::string(std::string_view line)> encode;
};

// Those that are known, the likeliest first. What they make of a line may be right.
std::vector<TextMistake> text_mistakes(const chat::Profile& profile);

}  // namespace chatspec
