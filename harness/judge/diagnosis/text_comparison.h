// In what two texts may be the same that are not.

#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace chatspec {

inline std::string lower_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

inline bool same_but_for_letter_case(std::string_view a, std::string_view b) {
  return lower_case(a) == lower_case(b);
}

// Without blanks and tabs, wherever they stand.
inline std::string without_blanks(std::string_view text) {
  std::string out(text);
  std::erase_if(out, [](char c) { return c == ' ' || c == '\t'; });
  return out;
}

}  // namespace chatspec
