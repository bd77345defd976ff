// What may stand in a scenario without quotes, and what looks there like something that it is not.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "harness/scenario/lint_code.h"

namespace chatspec {

struct Doubt {
  LintCode code = LintCode::kLooksLikeEscape;
  std::size_t offset = 0;  // in the text
  std::size_t length = 0;
  std::string message;
  std::string hint;
};

// The first thing in plain text that its author may take for an escape or a comment. In plain text
// it is neither.
std::optional<Doubt> find_doubt(std::string_view text);

}  // namespace chatspec
