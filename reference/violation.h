// What ended a connection before its time.

#pragma once

#include <string>
#include <string_view>

namespace chat {

struct Violation {
  std::string_view requirement;  // the id of the one by which it is a violation: "STATE-2"
  std::string message;           // `expected DATA or QUIT, received "HELO"`, fit for a terminal
};

}  // namespace chat
