#include "harness/grade/assignment.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/suite/selection.h"

namespace chatspec {

bool CaseWords::fits(const CaseRecord& played) const {
  const std::string_view id = played.id;
  return std::ranges::any_of(words, [&](const std::string& word) {
    return means(word, id, id.substr(0, id.find('['))) ||
           std::ranges::count(played.tags, word) > 0 ||
           std::ranges::any_of(played.requirements, [&](const std::string& requirement) {
             return means_requirement(word, requirement);
           });
  });
}

std::string CaseWords::to_string() const {
  return fmt::format("{}", fmt::join(words, " "));
}

bool Assignment::has_role(Role role) const {
  return std::ranges::count(roles, role) > 0;
}

Points Assignment::total() const {
  Points sum;
  for (const PointsPart& part : parts) sum += part.points;
  return sum;
}

std::optional<std::size_t> Assignment::find_part(const CaseRecord& played, Role role) const {
  const auto part = std::ranges::find_if(
      parts, [&](const PointsPart& one) { return one.is_of(role) && one.cases.fits(played); });
  if (part == parts.end()) return std::nullopt;
  return static_cast<std::size_t>(part - parts.begin());
}

bool Assignment::hides(const CaseRecord& played, std::chrono::sys_seconds now) const {
  return std::ranges::any_of(hidden, [&](const HiddenPart& part) {
    return (!part.until || now < *part.until) && part.cases.fits(played);
  });
}

}  // namespace chatspec
