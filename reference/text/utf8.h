// UTF-8, character by character (RFC 3629).

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace chat {

struct Character {
  char32_t point = 0;
  std::size_t size = 1;  // in bytes
};

// The character at the beginning of a text that is not empty; nothing where none begins there: of a
// stray byte, one that is cut off, a longer form than needed, a surrogate.
std::optional<Character> first_character(std::string_view text);

}  // namespace chat
