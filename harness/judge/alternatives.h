// Mistakes of which each explains what came: how they are told, and listed for whoever compares
// causes.

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace chatspec {

// The ids of combinations, with blanks between them; not of all where there are many.
inline std::string list_mistakes(std::span<const std::string> combinations) {
  constexpr std::size_t kMostListed = 16;
  std::string list;
  for (const std::string& one : combinations.first(std::min(combinations.size(), kMostListed)))
    list += (list.empty() ? "" : " ") + one;
  return list;
}

// Behind a sentence that tells the first and simplest, a single other one in words, " (WHERE the
// same as: …)", where it is short, or how many there are. "" where there are none.
inline std::string tell_others(std::string_view where, std::span<const std::string> others) {
  constexpr std::size_t kMostNamed = 60;  // bytes
  if (others.empty()) return {};
  if (others.size() == 1 && others.front().size() <= kMostNamed)
    return fmt::format(" ({} the same as: {})", where, others.front());
  return fmt::format(
      " (or {} that cannot be told apart {})",
      others.size() == 1 ? "another mistake" : fmt::format("{} other mistakes", others.size()),
      where);
}

}  // namespace chatspec
