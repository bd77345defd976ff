// Which cases of a suite a user asks for.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/suite/case.h"

namespace chatspec {

// What a user asks for. An empty list asks for everything; within a list one match is enough, and
// every list must match.
struct Selection {
  std::vector<std::string>
      names{};  // CHAPTER, CHAPTER/NAME, CHAPTER/NAME[ROW]; * stands for any characters
  std::vector<std::string> tags{};
  std::vector<std::string> requirements{};  // SIG-1, or SIG for all of its chapter
  std::vector<chat::Level> levels{};
  // Whose requirements, levels and tags are meant, and in which profile (borrowed); anybody's and
  // any if not given.
  std::optional<Role> role{};
  const chat::Profile* profile = nullptr;
};

bool is_selected(const Case& candidate, const Selection& selection);

// The names, tags and requirements of a selection that match nothing at all in `cases`: typing
// mistakes, most likely. Each as a sentence with a hint.
std::vector<std::string> find_unmatched(const std::vector<Case>& cases, const Selection& selection);

}  // namespace chatspec
