// What a fuzz target is: one function, given one input. support/entry.cc makes it the entry point
// that libFuzzer, AFL++ and the standalone runner call.

#pragma once

#include <string_view>

namespace chatspec::fuzz {

// Returns where the target's property holds for these bytes, and ends the process where it does
// not (require.h). Keeps nothing from one call to the next.
void test_one(std::string_view input);

}  // namespace chatspec::fuzz
