// The numbered requirements of PROTOCOL.md, which is where they stand and are read from.

#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/role.h"
#include "reference/text/file_error.h"

namespace chat {

enum class Level { kMust, kShould, kMay };

// "must", "should" or "may".
std::string_view to_string(Level level);

struct Requirement {
  std::string id;  // "HELLO-1"
  Level level = Level::kMust;
  Roles binds{};        // at least one
  std::string chapter;  // the heading under which it stands: "Opening"
  std::string text;     // in one line, with the document's markup
};

// All of them, in the document's order. They live as long as the program.
std::span<const Requirement> requirements();

// The requirement of that id, or null.
const Requirement* find_requirement(std::string_view id);

// Reads the requirements of a document in the form of PROTOCOL.md: paragraphs that begin with
// `**ID** (level; roles)`. A paragraph that begins with an asterisk but has not this form is an
// error, and so is an id that is used twice.
std::expected<std::vector<Requirement>, FileError> parse_requirements(std::string_view document,
                                                                      std::string_view file_name);

}  // namespace chat
