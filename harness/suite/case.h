// The cases that a suite stands for: what is played, judged and reported on its own.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/scenario.h"
#include "harness/suite/suite.h"
#include "reference/profile.h"
#include "reference/requirements.h"

namespace chatspec {

// One scenario without a table, or one row of one with a table. Its id is that of the file, with
// [ROW] behind it for a row.
struct Case {
  std::string id;
  const ScenarioFile* file = nullptr;  // borrowed from the suite
  Scenario scenario;                   // expanded: has no table
  std::size_t line = 0;                // in the file: of its `scenario`, or of its row

  std::string title() const;
  std::string description() const;  // the comment at the head of the file, in one line
  // Its `level`, or that of the strongest requirement that it covers. Where it is played with a
  // server or a client, only what binds this one counts.
  chat::Level level(std::optional<Role> role = std::nullopt) const;
  std::vector<std::string> requirements(std::optional<Role> role = std::nullopt) const;
  // Where it is played with a server or a client, or in a profile, only the tags that it has there.
  std::vector<std::string> tags(std::optional<Role> role = std::nullopt,
                                const chat::Profile* profile = nullptr) const;
  std::vector<std::string> needs() const;
  bool has_role(Role role) const;
  bool applies_to(const chat::Profile& profile) const;
};

// The cases of a suite without problems, which must outlive them.
std::vector<Case> list_cases(const Suite& suite);

// All of them, to be handed on without copies.
std::vector<const Case*> point_to(const std::vector<Case>& cases);

}  // namespace chatspec
