// Changes of a document that the client may make: as `chatspec fmt` writes it, and words as the
// check believes them to be meant.

#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "harness/language_server/workspace.h"

namespace chatspec::language_server {

struct Edit {
  Stretch replaced{};
  std::string by{};
};

// What makes the document canonical, in one piece without what is right at its beginning and end;
// nothing where all is right. The error says which mistake has to be mended first.
std::expected<std::optional<Edit>, std::string> format_document(const Document& document);

struct QuickFix {
  Diagnostic mended{};
  Edit edit{};
};

// For what of `findings` touches the stretch, and has a word in its hint that is meant.
std::vector<QuickFix> find_fixes(const Document& document, const std::vector<Diagnostic>& findings,
                                 Stretch touched);

}  // namespace chatspec::language_server
