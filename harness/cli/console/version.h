// What `chatspec --version` says.

#pragma once

#include <string>

namespace chatspec {

// The first line is `chatspec X.Y.Z` and nothing else, for scripts. Those after it say, for people
// and reports of mistakes, of which commit chatspec was built, by what, and with which libraries.
// Without a line end at the end.
std::string version_text();

}  // namespace chatspec
