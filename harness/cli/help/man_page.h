// Pages of the manual, in the macros of man(7): pure functions of the command line.

#pragma once

#include <string>
#include <vector>

#include "harness/cli/help/command_tree.h"

namespace chatspec {

// `file` is the page's name with its section, such as chatspec-run.1.
struct ManPage {
  std::string file;
  std::string text;
};

// The page of the program, and one for each of its commands.
std::vector<ManPage> make_man_pages(const CommandTree& tree, const std::string& version);

// Text for a page, within a line or of several: nothing in it is a request or an escape of roff.
// What stands between backquotes becomes bold.
std::string roff_text(std::string_view text);

}  // namespace chatspec
