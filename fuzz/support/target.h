// What a fuzz target is: one function, given one input. support/entry.cc makes it the entry point
// that libFuzzer, AFL++ and the standalone runner call.

#pragma once

#include <span>
#include <string_view>

namespace chatspec::fuzz {

// Returns where the target's property holds for these bytes, and ends the process where it does
// not (require.h). Keeps nothing from one call to the next.
void test_one(std::string_view input);

// The lines that support/line_mutator.cc puts into inputs. It has those of a client's stream; a
// target whose inputs are other ones defines this.
std::span<const std::string_view> common_lines();

}  // namespace chatspec::fuzz
