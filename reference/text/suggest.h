// "Did you mean": the known name closest to a mistyped one.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace chat {

// The candidate that differs from `word` in the fewest letters (insertions, deletions,
// replacements, swaps of two neighbours; upper case counts as lower), or an empty view where none
// is close enough to be meant. Borrows from `candidates`.
std::string_view closest_name(std::string_view word, std::span<const std::string_view> candidates);

// `; did you mean "NAME"?` or nothing: the end of an error message.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace chat
