// Which cases of a suite a user asks for.

#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/suite/case.h"

namespace chatspec {

// What a user asks for. An empty list asks for everything; within a list one match is enough, and
// every list must match, but for that of what is left out.
struct Selection {
  std::vector<std::string>
      names{};  // CHAPTER, CHAPTER/NAME, CHAPTER/NAME[ROW]; * stands for any characters
  std::vector<std::string> tags{};
  std::vector<std::string> requirements{};  // SIG-1, or SIG for all of its chapter
  std::vector<chat::Level> levels{};
  std::vector<std::string> excluded{};         // names or tags; one match is enough to be left out
  std::optional<std::set<std::string>> ids{};  // of cases; any if not given
  // Whose requirements, levels and tags are meant, and in which profile (borrowed); anybody's and
  // any if not given.
  std::optional<Role> role{};
  const chat::Profile* profile = nullptr;
};

// Whether a name means a case of this scenario: by the case's id, the scenario's or the chapter's;
// * in it stands for anything.
bool means(std::string_view name, std::string_view case_id, std::string_view scenario_id);
// Whether a word means a requirement: it, or its chapter.
bool means_requirement(std::string_view word, std::string_view requirement);

// By its id, its scenario's or its chapter's; * in the name stands for any characters.
bool is_named(const Case& candidate, std::string_view name);

// Or any requirement of a chapter, where that is named. Only what binds the role, if one is given.
bool covers(const Case& candidate, std::string_view requirement, std::optional<Role> role);

// By a name or a tag.
bool is_excluded(const Case& candidate, const Selection& selection);

bool is_selected(const Case& candidate, const Selection& selection);

// The names, tags, requirements and exclusions of a selection that match nothing at all in `cases`:
// typing mistakes, most likely. Each as a sentence with a hint.
std::vector<std::string> find_unmatched(const std::vector<Case>& cases, const Selection& selection);

}  // namespace chatspec
