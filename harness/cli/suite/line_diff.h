// What differs between two texts, as patch and people read it.

#pragma once

#include <string>
#include <string_view>

namespace chatspec {

// A unified diff with three lines around each change, as POSIX defines it for `diff -u`, with
// `name` in both of its headings; "" where the texts are the same. Where the part that differs is
// very long it is shown as removed and added as a whole.
std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace chatspec
