#include "harness/grade/assignment.h"

#include <algorithm>

#include "harness/scenario/pattern.h"

namespace chatspec {
namespace {

bool names_case(std::string_view word, std::string_view id) {
  const Pattern pattern = split_at_stars(word);
  return fits(pattern, id) || fits(pattern, id.substr(0, id.find('['))) ||
         fits(pattern, id.substr(0, id.find('/')));
}

}  // namespace

bool CaseWords::fits(const CaseRecord& played) const {
  return std::ranges::any_of(words, [&](const std::string& word) {
    return names_case(word, played.id) || std::ranges::count(played.tags, word) > 0 ||
           std::ranges::any_of(played.requirements, [&](const std::string& covered) {
             return covered == word || covered.starts_with(word + "-");
           });
  });
}

bool Assignment::plays(Role role) const {
  return std::ranges::any_of(ways, [&](const Way& way) {
    return !(role == Role::kServer ? way.server : way.client).empty();
  });
}

bool Assignment::hides(const CaseRecord& played, std::chrono::sys_seconds now) const {
  return std::ranges::any_of(hidden, [&](const HiddenPart& part) {
    return (!part.until || now < *part.until) && part.cases.fits(played);
  });
}

Points Assignment::total() const {
  Points sum;
  for (const PointsPart& part : parts) sum += part.points;
  return sum;
}

}  // namespace chatspec
