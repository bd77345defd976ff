// Numbers of things, for people.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace chat {

// "1 case", "2 cases": of a noun that is made many by an s.
inline std::string count_things(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

}  // namespace chat
