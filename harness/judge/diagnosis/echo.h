// What a program prints of what it received, and what it says itself.

#pragma once

#include <string_view>

namespace chatspec {

// Whether a line of a program's output shows a line that it was sent: just that, or after a label
// or between quotes ("client: HELLO", "<- 'HELLO'"). One that only mentions it ("expected HELLO")
// is the program's own.
bool is_echo(std::string_view line, std::string_view sent);

}  // namespace chatspec
