// A program under test whose command line need not be quoted.

#pragma once

#include <string>
#include <vector>

namespace chatspec {

// `--server -- WORD…` (or `--client`, and other options may stand between) is another way to write
// `--server 'WORD…'`, and is made into it. What follows any other `--` stays as it is.
std::vector<std::string> join_program_words(std::vector<std::string> arguments);

}  // namespace chatspec
