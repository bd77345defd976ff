#include "fuzz/support/require.h"

#include <cstdio>
#include <cstdlib>

#include "reference/quote.h"

namespace chatspec::fuzz {

void fail(std::string_view property, std::string_view detail) {
  const std::string shown = chat::escape_bytes(detail);
  std::fprintf(stderr, "PROPERTY BROKEN: %.*s\n%s%s", static_cast<int>(property.size()),
               property.data(), shown.c_str(), shown.empty() ? "" : "\n");
  std::abort();
}

void require_same(std::string_view one, std::string_view other, std::string_view property) {
  if (one == other) [[likely]]
    return;
  std::fprintf(stderr, "  one:   %s\n  other: %s\n", chat::quote(one).c_str(),
               chat::quote(other).c_str());
  fail(property, {});
}

}  // namespace chatspec::fuzz
