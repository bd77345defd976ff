// What is said of a word on the command line that chatspec does not know.

#pragma once

#include <string>
#include <vector>

#include "harness/cli/help/command_tree.h"

namespace chatspec {

// Of the first word before `--` that is unknown where it stands: to which commands the option
// belongs, or what may have been meant. `otherwise` where every word is known.
std::string explain_unknown_word(const CommandTree& tree, const std::vector<std::string>& arguments,
                                 std::string otherwise);

// Of words for which the command has no use, in the order of the command line: what they are, and
// where they stand after `--`, to which option they are to belong.
std::string explain_left_over(const CommandTree& tree, const std::vector<std::string>& arguments,
                              const std::vector<std::string>& left_over);

// What shows which words there are where these went wrong: "chatspec run --help".
std::string name_help(const CommandTree& tree, const std::vector<std::string>& arguments);

}  // namespace chatspec
