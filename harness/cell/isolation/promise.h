// What each tier promises of the program that lives in it: the whole list, from which `chatspec
// doctor`, SECURITY.md and the tests of promises are made or checked. A promise that is not listed
// for a tier is not made there.

#pragma once

#include <array>
#include <span>
#include <string_view>

#include "harness/cell/isolation/isolation.h"

namespace chatspec {

struct Keeping {
  Isolation isolation = Isolation::kSandbox;
  std::string_view how{};  // completes "kept by"
};

struct Promise {
  std::string_view id;              // for ever: SECURITY.md has it
  std::string_view text;            // of the program, a sentence without a full stop
  std::array<Keeping, 3> keepings;  // of the tiers that promise it, and empty ones
  std::string_view test;            // a test of that name tries to break it
  // A condition of the shell, true in a cell that keeps it. $1 is a file of somebody else's. Empty
  // where it shows only in the end of a cell, or takes more than a shell.
  std::string_view trial = {};
  // What keeps it better where the kernel's control groups are at hand (control_group.h).
  std::string_view by_groups = {};

  // Nothing where the tier does not promise it.
  const Keeping* in(Isolation isolation) const;
};

std::span<const Promise> promises();

}  // namespace chatspec
