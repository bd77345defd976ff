#include "harness/suite/choice.h"

#include <algorithm>
#include <cassert>
#include <functional>

#include <fmt/format.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

using Fits = std::function<bool(const Case&)>;

// Why of the cases that fit, of which there are some, none can be played.
std::string explain_unplayable(const std::vector<Case>& all, const Fits& fits,
                               const Selection& selection) {
  const bool fits_role = std::ranges::any_of(
      all, [&](const Case& one) { return fits(one) && one.has_role(*selection.role); });
  return fits_role ? fmt::format("is for other profiles than {}", selection.profile->name)
                   : fmt::format("is for {}s, and what is to be tried is a {}",
                                 to_string(other(*selection.role)), to_string(*selection.role));
}

}  // namespace

bool Choice::has_wanted() const {
  return std::ranges::any_of(cases,
                             [&](const Case* one) { return !needed.contains(one->file->id); });
}

Choice choose_cases(const std::vector<Case>& all, const Selection& selection,
                    const std::set<std::string>& needed) {
  assert(selection.role && selection.profile && "cases are chosen for an implementation");
  Choice choice{.unmatched = find_unmatched(all, selection)};
  std::vector<const Case*> playable;
  for (const Case& one : all) {
    if (one.has_role(*selection.role) && one.applies_to(*selection.profile))
      playable.push_back(&one);
  }
  for (const Case* one : playable) {
    if (is_excluded(*one, selection)) continue;
    const bool is_needed = needed.contains(one->file->id);
    if (is_needed) choice.needed.insert(one->file->id);
    if (is_needed || is_selected(*one, selection)) choice.cases.push_back(one);
  }
  if (!choice.unmatched.empty()) return choice;
  const auto look = [&](const std::string& word, const Fits& fits) {
    if (std::ranges::any_of(playable, [&](const Case* one) { return fits(*one); })) return;
    choice.unplayable.push_back(
        fmt::format("{} {}", chat::quote(word), explain_unplayable(all, fits, selection)));
  };
  for (const std::string& name : selection.names)
    look(name, [&](const Case& one) { return is_named(one, name); });
  for (const std::string& requirement : selection.requirements)
    look(requirement, [&](const Case& one) { return covers(one, requirement, selection.role); });
  return choice;
}

}  // namespace chatspec
