#include "harness/explore/learn/names.h"

namespace chatspec::learning {

int Names::intern(std::string_view name) {
  if (const auto known = find(name)) return *known;
  const int number = size();
  names_.emplace_back(name);
  numbers_.emplace(name, number);
  return number;
}

std::optional<int> Names::find(std::string_view name) const {
  const auto found = numbers_.find(name);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

}  // namespace chatspec::learning
