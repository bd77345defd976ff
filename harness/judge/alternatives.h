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

// Behind a sentence that tells the first, the others in words: " (WHERE the same as: …; …; and 3
// more)". "" where there are none.
inline std::string tell_others(std::string_view where, std::span<const std::string> others) {
  constexpr std::size_t kMostNamed = 2;
  std::string named;
  for (const std::string& one : others.first(std::min(others.size(), kMostNamed)))
    named += (named.empty() ? "" : "; ") + one;
  if (named.empty()) return {};
  if (others.size() > kMostNamed) named += fmt::format("; and {} more", others.size() - kMostNamed);
  return fmt::format(" ({} the same as: {})", where, named);
}

}  // namespace chatspec
