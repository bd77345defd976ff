// What was explored, and how: the beginning of every report of it.

#pragma once

#include <cstdint>
#include <string>

namespace chatspec {

struct ExplorationTitle {
  std::string server{};   // what it is called
  std::string profile{};  // its name
  std::string isolation{};
  std::uint64_t seed = 0;
};

}  // namespace chatspec
