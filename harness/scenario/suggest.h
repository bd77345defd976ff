// Hints for words that the scenario language or the command line does not know.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace chatspec {

// "did you mean X?" where a candidate is near, else "one of: A, B, C" with all of them.
std::string hint_for(std::string_view word, std::span<const std::string_view> candidates);

// The same for items, which stand in angle brackets.
std::string hint_for_item(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace chatspec
