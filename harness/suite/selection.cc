#include "harness/suite/selection.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "harness/scenario/pattern.h"
#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

bool covers_for_anybody(const Case& candidate, std::string_view requirement) {
  return covers(candidate, requirement, std::nullopt);
}

bool has_tag(const Case& candidate, std::string_view tag) {
  return std::ranges::count(candidate.tags(), tag) > 0;
}

bool is_named_or_tagged(const Case& candidate, std::string_view word) {
  return is_named(candidate, word) || has_tag(candidate, word);
}

}  // namespace

bool means(std::string_view name, std::string_view case_id, std::string_view scenario_id) {
  const Pattern pattern = split_at_stars(name);
  return fits(pattern, case_id) || fits(pattern, scenario_id) ||
         fits(pattern, scenario_id.substr(0, scenario_id.find('/')));
}

bool means_requirement(std::string_view word, std::string_view requirement) {
  return requirement.starts_with(word) &&
         (requirement.size() == word.size() || requirement[word.size()] == '-');
}

bool is_named(const Case& candidate, std::string_view name) {
  return means(name, candidate.id, candidate.file->id);
}

bool is_excluded(const Case& candidate, const Selection& selection) {
  const std::vector<std::string> tags = candidate.tags(selection.role, selection.profile);
  return std::ranges::any_of(selection.excluded, [&](const std::string& one) {
    return is_named(candidate, one) || std::ranges::count(tags, one) > 0;
  });
}

bool covers(const Case& candidate, std::string_view requirement, std::optional<Role> role) {
  return std::ranges::any_of(candidate.requirements(role), [&](const std::string& covered) {
    return means_requirement(requirement, covered);
  });
}

bool is_selected(const Case& candidate, const Selection& selection) {
  const auto any = [&](const std::vector<std::string>& wanted,
                       bool (*fits)(const Case&, std::string_view)) {
    return wanted.empty() || std::ranges::any_of(wanted, [&](const std::string& one) {
             return fits(candidate, one);
           });
  };
  if (is_excluded(candidate, selection)) return false;
  if (selection.ids && !selection.ids->contains(candidate.id)) return false;
  const bool level = selection.levels.empty() ||
                     std::ranges::count(selection.levels, candidate.level(selection.role)) > 0;
  const bool requirement = selection.requirements.empty() ||
                           std::ranges::any_of(selection.requirements, [&](const auto& wanted) {
                             return covers(candidate, wanted, selection.role);
                           });
  const std::vector<std::string> own_tags = candidate.tags(selection.role, selection.profile);
  const bool tag = selection.tags.empty() ||
                   std::ranges::find_first_of(selection.tags, own_tags) != selection.tags.end();
  return level && requirement && tag && any(selection.names, is_named);
}

std::vector<std::string> find_unmatched(const std::vector<Case>& cases,
                                        const Selection& selection) {
  std::vector<std::string> problems;
  std::set<std::string> names, tags, requirements;
  // Of a name that is another kind of word.
  const auto hint_at_option = [&](const std::string& name) -> std::string {
    if (tags.contains(name)) return fmt::format(", but it is a tag: --tag {}", name);
    if (requirements.contains(name))
      return fmt::format(", but it is a requirement: --requirement {}", name);
    return "";
  };
  const auto look = [&](const std::vector<std::string>& wanted, std::string_view what,
                        bool (*fits)(const Case&, std::string_view),
                        const std::vector<std::string>& known) {
    for (const std::string& one : wanted) {
      if (std::ranges::any_of(cases, [&](const Case& candidate) { return fits(candidate, one); }))
        continue;
      std::string hint = &wanted == &selection.names ? hint_at_option(one) : "";
      const std::string_view near =
          chat::closest_name(one, std::vector<std::string_view>(known.begin(), known.end()));
      if (hint.empty() && !near.empty()) hint = fmt::format("; did you mean {}?", near);
      problems.push_back(fmt::format("no scenario {} {}{}", what, chat::quote(one), hint));
    }
  };
  for (const Case& candidate : cases) {
    names.insert(candidate.id);
    names.insert(candidate.file->id);
    names.insert(candidate.file->id.substr(0, candidate.file->id.find('/')));
    std::ranges::copy(candidate.tags(), std::inserter(tags, tags.end()));
    std::ranges::copy(candidate.requirements(), std::inserter(requirements, requirements.end()));
  }
  look(selection.names, "is called", is_named, {names.begin(), names.end()});
  look(selection.tags, "has the tag", has_tag, {tags.begin(), tags.end()});
  look(selection.requirements, "covers", covers_for_anybody,
       {requirements.begin(), requirements.end()});
  names.merge(tags);
  look(selection.excluded, "is called, or has the tag,", is_named_or_tagged,
       {names.begin(), names.end()});
  return problems;
}

}  // namespace chatspec
