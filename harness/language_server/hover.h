// What is said of the word under a pointer.

#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "harness/language_server/workspace.h"
#include "reference/requirements.h"

namespace chatspec::language_server {

struct Hover {
  Stretch stretch{};  // of which it is said, in the document
  std::string markdown{};
};

// A requirement's text; what a word of the language means; of a scenario that is needed its title
// and the comment that says why it is there. Nothing where there is nothing to say.
std::optional<Hover> hover_at(const Workspace& workspace, const Document& document,
                              std::size_t offset);

// The requirement as Markdown: its level, whom it binds, its text.
std::string describe_requirement(const chat::Requirement& requirement);

// A scenario's title and the comment above it, as Markdown.
std::string describe_scenario(const Document& scenario);

}  // namespace chatspec::language_server
