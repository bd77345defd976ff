// How a target says that its property does not hold.

#pragma once

#include <string>
#include <string_view>

namespace chatspec::fuzz {

// Writes the property and the detail, which may hold any bytes, to standard error and aborts.
[[noreturn]] void fail(std::string_view property, std::string_view detail);

inline void require(bool holds, std::string_view property, std::string_view detail = {}) {
  if (!holds) [[unlikely]]
    fail(property, detail);
}

// Whose the bytes are that should be the same.
struct BothSides {
  std::string_view one = "one";
  std::string_view other = "other";
};

// Both are the same bytes. Where they are not, both are shown, and the first place where they
// differ.
void require_same(std::string_view one, std::string_view other, std::string_view property,
                  const BothSides& names = {});

}  // namespace chatspec::fuzz
