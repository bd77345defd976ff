// The command line by which others see this process.

#pragma once

#include <string_view>

namespace chatspec {

// Puts a name, cut where there is no room for it, in place of the command line that this process
// has from its parent, which tells what the harness was asked to do. Whoever else uses that command
// line in this process must have copied it. Where /proc does not tell where it is, nothing is done.
void forget_arguments(std::string_view name);

}  // namespace chatspec
