// The forms of a text as tables have them, and what makes them.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/judge/diagnosis/ingredients.h"

namespace chatspec {

using TextLines = std::vector<std::string>;

struct TextWord {
  std::string_view id;
  std::string_view words;
  int cost;
  TextLines (*lines)(const Ingredients&);
};

// Of whoever takes the text off the wire: how it is unescaped, and what else is taken for it.
std::span<const TextWord> received_text_forms();

// The lines of the message, as they should be.
inline TextLines decoded(const Ingredients& in) {
  const auto lines = in.lines();
  return {lines.begin(), lines.end()};
}

inline TextLines in_front(std::string first, TextLines lines) {
  lines.insert(lines.begin(), std::move(first));
  return lines;
}

template <typename Change>
TextLines each(TextLines lines, const Change& change) {
  for (std::string& line : lines) line = change(line);
  return lines;
}

}  // namespace chatspec
