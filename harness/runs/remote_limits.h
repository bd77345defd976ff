// What cannot be asked of a server that somebody else started, and that cannot be observed.

#pragma once

#include <string>

#include "harness/script/script.h"

namespace chatspec {

// Why a script cannot be played with such a server, as a sentence; "" where it can. `keys` are the
// server's, where they are known.
std::string obstacle_of_remote(const Script& script, const GivenKeys& keys);

}  // namespace chatspec
