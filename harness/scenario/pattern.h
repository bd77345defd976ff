// Text in which anything may stand in some places, as `like "260 *"` says it.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chatspec {

// The parts that must come, in this order, with anything, or nothing, between two of them. One part
// is a text as it is; none at all is no pattern.
struct Pattern {
  std::vector<std::string> parts{};

  bool operator==(const Pattern&) const = default;
};

// Whether all of `text` fits. Each part is taken where it comes first, which never spoils the rest,
// so the text is looked through once.
bool fits(const Pattern& pattern, std::string_view text);

// The pattern that `text` says: each * in it stands for anything.
Pattern split_at_stars(std::string_view text);

}  // namespace chatspec
