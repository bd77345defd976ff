// What can grow in a conversation: a text, in several shapes, or the number of messages.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chatspec {

struct GrowingInput {
  std::string_view name;    // "one-line"
  std::string_view things;  // what is counted, for people: "bytes in one line"
  // The smallest size and the largest; those between are twice as large as the one before.
  std::size_t least;
  std::size_t most;
  // The messages of this size, their lines separated by LF.
  std::vector<std::string> (*make)(std::size_t size);
};

std::span<const GrowingInput> growing_inputs();

}  // namespace chatspec
