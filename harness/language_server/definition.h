// Where what a document names stands.

#pragma once

#include <cstddef>
#include <optional>

#include "harness/language_server/workspace.h"

namespace chatspec::language_server {

struct Target {
  const Document* document = nullptr;  // borrowed from the workspace, or the one that was asked of
  Stretch stretch{};
};

// Of a scenario that is needed its `scenario` line, or its beginning; of `<message N>` and
// `<signature N>` the message; of `<column>` the column's head. Nothing elsewhere.
std::optional<Target> find_definition(const Workspace& workspace, const Document& document,
                                      std::size_t offset);

}  // namespace chatspec::language_server
