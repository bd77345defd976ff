// Mistakes of which each explains what came: how they are told, and listed for whoever compares
// causes. A cause that has them keeps the list in the parameter `mistakes`, what each is in words
// in `words`, and what its sentence tells of all but the first in `others`.

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/judge/findings/cause.h"

namespace chatspec {

inline constexpr std::size_t kMostListed = 16;

// The ids of combinations, with blanks between them. Where there are many, "…" stands for the rest.
inline std::string list_mistakes(std::span<const std::string> combinations) {
  std::string list;
  for (const std::string& one : combinations.first(std::min(combinations.size(), kMostListed)))
    list += (list.empty() ? "" : " ") + one;
  return combinations.size() > kMostListed ? list + " …" : list;
}

// Behind a sentence that tells the first and simplest, a single other one in words, " (WHERE the
// same as: …)", where it is short, or how many there are. "" where there are none.
inline std::string tell_others(std::string_view where, std::span<const std::string> others) {
  constexpr std::size_t kLongestOther = 60;  // bytes
  if (others.empty()) return {};
  if (others.size() == 1 && others.front().size() <= kLongestOther)
    return fmt::format(" ({} the same as: {})", where, others.front());
  return fmt::format(
      " (or {} that cannot be told apart {})",
      others.size() == 1 ? "another mistake" : fmt::format("{} other mistakes", others.size()),
      where);
}

// Between what stands in `words`.
inline constexpr std::string_view kBetweenWords = " | ";

// `words` are of the combinations that were listed, in their order.
inline void add_others(Cause& cause, std::span<const std::string> words, std::string others) {
  if (others.empty()) return;
  cause.sentence += others;
  cause.parameters.emplace_back("others", std::move(others));
  const auto listed = words.first(std::min(words.size(), kMostListed));
  cause.parameters.emplace_back("words", fmt::format("{}", fmt::join(listed, kBetweenWords)));
}

}  // namespace chatspec
