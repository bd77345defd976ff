// The part of a reproduction in Python that is the same for every case.

#pragma once

#include <string_view>

namespace chatspec {

// Python 3.8 or later, of the standard library alone. It needs `conversation(program)` and `ROLE`,
// which is "server" or "client", above it.
extern const std::string_view kPythonPlayer;

}  // namespace chatspec
