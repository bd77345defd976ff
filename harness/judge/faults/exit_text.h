// Sentences about how a process ended, without a full stop.

#pragma once

#include <string>

#include "harness/transcript/transcript.h"

namespace chatspec {

// "it ended with status 1", "it was killed by signal 11 (Segmentation fault)"
std::string describe_exit(const ExitStatus& exit);
// "signal 11 (Segmentation fault)"
std::string describe_signal(int number);

}  // namespace chatspec
