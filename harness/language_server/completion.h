// What may be written at a place of a document.

#pragma once

#include <cstddef>

#include "harness/language_server/proposals.h"
#include "harness/language_server/workspace.h"

namespace chatspec::language_server {

struct Completion {
  Stretch replaced{};  // what of the document a proposal replaces: the word that is being written
  Proposals proposals{};
};

// All that the language and the workspace know to stand there, whatever of it is written already;
// choosing is the client's.
Completion complete_at(const Workspace& workspace, const Document& document, std::size_t offset);

}  // namespace chatspec::language_server
