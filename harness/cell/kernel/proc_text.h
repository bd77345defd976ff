// The text of the files in /proc.

#pragma once

#include <algorithm>
#include <string_view>

namespace chatspec {

// Takes the next word, up to a blank or line end, off `rest`; "" where there is none.
inline std::string_view take_word(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
  const std::string_view word = rest.substr(0, rest.find_first_of(" \n"));
  rest.remove_prefix(word.size());
  return word;
}

}  // namespace chatspec
