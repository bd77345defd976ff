#include "harness/scenario/suggest.h"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/suggest.h"

namespace chatspec {

std::string hint_for(std::string_view word, std::span<const std::string_view> candidates) {
  if (const std::string_view near = chat::closest_name(word, candidates); !near.empty()) {
    return fmt::format("did you mean {}?", near);
  }
  return candidates.empty() ? std::string()
                            : fmt::format("one of: {}", fmt::join(candidates, ", "));
}

std::string hint_for_item(std::string_view word, std::span<const std::string_view> candidates) {
  if (const std::string_view near = chat::closest_name(word, candidates); !near.empty()) {
    return fmt::format("did you mean <{}>?", near);
  }
  std::vector<std::string> items;
  for (const std::string_view candidate : candidates)
    items.push_back(fmt::format("<{}>", candidate));
  return items.empty() ? std::string() : fmt::format("one of: {}", fmt::join(items, ", "));
}

}  // namespace chatspec
