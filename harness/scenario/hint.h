// Hints for words that the scenario language or the command line does not know. This is the one
// place of the rooms that speak of scenarios where "did you mean" is said.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace chatspec {

// Whether one of the candidates is near enough to be meant.
bool is_mistyped(std::string_view word, std::span<const std::string_view> candidates);

// "did you mean X?" where a candidate is near, else `otherwise`.
std::string hint_for(std::string_view word, std::span<const std::string_view> candidates,
                     std::string_view otherwise);

// The same, else "one of: A, B, C" with all of them.
std::string hint_for(std::string_view word, std::span<const std::string_view> candidates);

// The same for items, which stand in angle brackets.
std::string hint_for_item(std::string_view word, std::span<const std::string_view> candidates);

// The word that such a hint says is meant, as it is to be written; "" where it names none. Borrows
// from the hint.
std::string_view suggested_word(std::string_view hint);

}  // namespace chatspec
