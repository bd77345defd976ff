// When the harness closes its side of a connection.

#pragma once

#include "harness/script/script.h"

namespace chatspec {

// Closes where a scenario leaves it open and a client would close (QUIT-1), and not so far that
// what is still expected could not be seen any more.
void arrange_closing(Script& script);

}  // namespace chatspec
