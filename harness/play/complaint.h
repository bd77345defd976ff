// When a program is given cause to complain.

#pragma once

#include <cstddef>
#include <optional>

#include "harness/script/script.h"

namespace chatspec {

// The first of those steps of which any may be what `<complains>` asks a complaint of: the last
// things that we send before it, with nothing expected between them. Nothing where no complaint is
// asked for, or nothing is sent: whatever the program writes then counts.
std::optional<std::size_t> find_cause_to_complain(const Script& script);

}  // namespace chatspec
