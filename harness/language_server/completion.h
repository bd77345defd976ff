// What may be written at a place of a document.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/language_server/workspace.h"

namespace chatspec::language_server {

enum class ProposalKind { kWord, kItem, kRequirement, kScenario, kTag, kText };

struct Proposal {
  std::string text{};  // what is written
  ProposalKind kind = ProposalKind::kWord;
  std::string detail{};    // beside it, in short; may be empty
  std::string markdown{};  // what it means; may be empty
};

struct Completion {
  Stretch replaced{};  // what of the document a proposal replaces: the word that is being written
  std::vector<Proposal> proposals{};  // in the order in which they are best shown
};

// All that the language and the workspace know to stand there, whatever of it is written already;
// choosing is the client's.
Completion complete_at(const Workspace& workspace, const Document& document, std::size_t offset);

}  // namespace chatspec::language_server
