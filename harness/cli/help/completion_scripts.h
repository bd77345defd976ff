// Scripts by which shells complete the command line: pure functions of it. What they hold is
// escaped for the shell.

#pragma once

#include <span>
#include <string>

#include "harness/cli/help/command_tree.h"
#include "harness/cli/options/word_lists.h"

namespace chatspec {

// For bash 4.4 or newer, with or without the package bash-completion.
std::string render_bash_completion(const CommandTree& tree, std::span<const WordList> lists);

// For zsh, as a function to autoload (#compdef).
std::string render_zsh_completion(const CommandTree& tree, std::span<const WordList> lists);

// For fish 3.
std::string render_fish_completion(const CommandTree& tree, std::span<const WordList> lists);

}  // namespace chatspec
