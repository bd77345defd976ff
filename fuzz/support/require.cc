#include "fuzz/support/require.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "reference/text/quote.h"

namespace chatspec::fuzz {

void fail(std::string_view property, std::string_view detail) {
  const std::string shown = chat::escape_bytes(detail);
  std::fprintf(stderr, "PROPERTY BROKEN: %.*s\n%s%s", static_cast<int>(property.size()),
               property.data(), shown.c_str(), shown.empty() ? "" : "\n");
  std::abort();
}

void require_same(std::string_view one, std::string_view other, std::string_view property,
                  const BothSides& names) {
  if (one == other) [[likely]]
    return;
  const std::size_t width = std::max(names.one.size(), names.other.size()) + 1;
  for (const auto& [name, bytes] : {std::pair(names.one, one), std::pair(names.other, other)}) {
    const std::string label = std::string(name) + ":";
    std::fprintf(stderr, "  %-*s %s\n", static_cast<int>(width), label.c_str(),
                 chat::quote(bytes).c_str());
  }
  const auto [differs, end] = std::ranges::mismatch(one, other);
  std::fprintf(stderr, "  they differ from byte %td on\n", differs - one.begin());
  fail(property, {});
}

}  // namespace chatspec::fuzz
