// A script in print, so that tests can say in a table what a scenario becomes.

#pragma once

#include <string>

#include "harness/script/script.h"

namespace chatspec {

// A line for each step: what the harness does or expects, whose line it is and on which connection,
// and the lines of the scenario that it comes from.
//
//     send       C: "DATA\n"                          # DATA
//     send       C: "a"|"\nb\n"|".\n"                 # <message 1> + .
//     expect     S: reply "270 SIG\n" due after 9     # 270 SIG
//     expect     S: close or silence deviates END-3   # <close> or <silence>
//
// `|` is where a segment ends. Long bytes are shown by their begin, their end and how many they
// are, and segments that are the same by one of them.
std::string dump_steps(const Script& script);

// A line for each key, message, file and argument that an implementation of this role gets.
std::string dump_materials(const Script& script);

}  // namespace chatspec
