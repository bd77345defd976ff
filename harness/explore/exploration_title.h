// What was explored, and how: the beginning of every report of it.

#pragma once

#include <cstdint>
#include <string>

#include "reference/role.h"

namespace chatspec {

struct ExplorationTitle {
  chat::Role role = chat::Role::kServer;
  std::string name{};     // what it is called
  std::string profile{};  // its name
  std::string isolation{};
  std::uint64_t seed = 0;
};

}  // namespace chatspec
