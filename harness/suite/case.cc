#include "harness/suite/case.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "harness/scenario/check_names.h"
#include "harness/scenario/expand.h"
#include "harness/scenario/vocabulary.h"
#include "harness/script/same_meaning.h"

namespace chatspec {
namespace {

// Whether a tag is limited to what does not fit; see check_tags() for what a limit may be.
bool is_elsewhere(std::string_view limit, std::optional<Role> role, const chat::Profile* profile) {
  if (const RoleWord* word = find_word(kRoles, limit)) return role && !word->roles.has(*role);
  const ProfileWord* word = find_word(kProfileWords, limit);
  return word && profile && !word->applies(*profile);
}

std::vector<std::string> texts(const std::vector<Name>& names) {
  std::vector<std::string> out;
  for (const Name& name : names) out.push_back(name.text);
  return out;
}

std::size_t place_of(const Scenario& scenario, std::size_t row) {
  if (const Table* table = scenario.find<Table>()) return table->rows[row].front().span.place.line;
  const auto title = std::ranges::find_if(scenario.statements, [](const Statement& statement) {
    return std::holds_alternative<Title>(statement.content);
  });
  return title == scenario.statements.end() ? 0 : title->span.place.line;
}

}  // namespace

std::vector<Case> list_cases(const Suite& suite) {
  assert(suite.problems.empty());
  std::vector<Case> cases;
  for (const ScenarioFile& file : suite.files) {
    for (std::size_t row = 0; row < count_rows(file.scenario); ++row) {
      Diagnostics none;  // the check has expanded every row before
      const std::string name = row_name(file.scenario, row);
      cases.push_back({name.empty() ? file.id : fmt::format("{}[{}]", file.id, name), &file,
                       expand(file.scenario, row, none), place_of(file.scenario, row)});
    }
  }
  return cases;
}

std::vector<const Case*> point_to(const std::vector<Case>& cases) {
  std::vector<const Case*> pointers;
  for (const Case& one : cases) pointers.push_back(&one);
  return pointers;
}

std::string Case::title() const {
  return scenario.find<Title>()->text;
}

std::string Case::description() const {
  return description_of(file->scenario);
}

chat::Level Case::level(std::optional<Role> role) const {
  if (const LevelIs* own = scenario.find<LevelIs>()) return own->level;
  chat::Level strongest = chat::Level::kMay;
  for (const std::string& name : requirements(role))
    strongest = std::min(strongest, chat::find_requirement(name)->level);
  return strongest;
}

std::vector<std::string> Case::requirements(std::optional<Role> role) const {
  std::vector<std::string> names = texts(scenario.find<Covers>()->requirements);
  std::erase_if(names, [&](const std::string& name) {
    const chat::Requirement* requirement = chat::find_requirement(name);
    return role && !requirement->binds.has(*role);
  });
  return names;
}

std::vector<std::string> Case::tags(std::optional<Role> role, const chat::Profile* profile) const {
  const Tags* tags = scenario.find<Tags>();
  if (!tags) return {};
  std::vector<std::string> own;
  for (const std::string& name : texts(tags->names)) {
    const auto [tag, limit, is_limited] = split_tag(name);
    if (!is_elsewhere(limit, role, profile) && std::ranges::count(own, tag) == 0)
      own.emplace_back(tag);
  }
  return own;
}

std::vector<std::string> Case::needs() const {
  const Needs* needs = scenario.find<Needs>();
  return needs ? texts(needs->scenarios) : std::vector<std::string>();
}

bool Case::has_role(Role role) const {
  return scenario.find<Roles>()->has(role);
}

bool Case::applies_to(const chat::Profile& profile) const {
  const Profiles* profiles = scenario.find<Profiles>();
  const bool meant = !profiles || std::ranges::any_of(profiles->names, [&](const Name& name) {
    return find_word(kProfileWords, name.text)->applies(profile);
  });
  return meant && means_the_same(scenario, profile);
}

}  // namespace chatspec
