// How what came in place of a signature may be read: in the profile's coding or in another, of any
// length, with what languages print around a string.

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/profile.h"

namespace chatspec {

// What the value is to be.
struct WantedValue {
  std::size_t bytes;  // as many as it has, or it may be cut to
  std::function<bool(std::string_view)> is_met;
};

// How the characters that came may be read: what they stand for, and what to say of that.
struct ValueReading {
  WantedValue wanted;
  std::string id{};
  std::string words{};
};

// The likeliest first. None of a value of fewer than 8 bytes: that could be met by chance.
std::vector<ValueReading> read_signature(const chat::Profile& profile, std::string_view received);

}  // namespace chatspec
