// The ways to sleep.

#pragma once

#include "harness/cell/kernel/wake_program/descriptors.h"

namespace wake_program {

// Each comes back when it was woken.
const Means& means_to_sleep();

}  // namespace wake_program
