// What helps where the kernel has refused something to chatspec itself.

#pragma once

#include <string>

namespace chatspec {

// The words for an errno, and, where it is a limit that somebody has set, what to do about it:
// "Too many open files (allow more: ulimit -n; or play fewer at a time: --jobs)".
std::string explain_error(int error);

}  // namespace chatspec
