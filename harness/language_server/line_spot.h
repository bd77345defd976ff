// A place in a line of a document, of which something is asked.

#pragma once

#include <cstddef>
#include <string_view>

#include "harness/language_server/line_shape.h"
#include "harness/language_server/workspace.h"

namespace chatspec::language_server {

// All is borrowed. Places are bytes of the line.
struct LineSpot {
  const Workspace& workspace;
  const Document& document;
  std::string_view line;
  LineShape shape;
  std::size_t place = 0;
};

}  // namespace chatspec::language_server
