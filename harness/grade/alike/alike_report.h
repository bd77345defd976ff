// Which submissions behave alike, for whoever then looks at them.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/grade/alike/alike.h"

namespace chatspec {

// Each pair with what both do, what that counts and how many do it, and what only one of them does;
// before them that it is a hint and no proof.
std::string alike_as_text(const AlikeSearch& search, std::span<const Fingerprint> all,
                          std::span<const AlikePair> pairs);

// A line for each pair, as RFC 4180 wants it.
std::string alike_as_csv(const AlikeSearch& search, std::span<const Fingerprint> all,
                         std::span<const AlikePair> pairs);

}  // namespace chatspec
