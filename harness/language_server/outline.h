// What a document consists of, for an editor's list of it; and what of it can be run.

#pragma once

#include <string>
#include <vector>

#include "harness/language_server/workspace.h"

namespace chatspec::language_server {

enum class OutlineKind { kScenario, kValue, kRow, kTranscript };

struct OutlineEntry {
  std::string name{};
  OutlineKind kind = OutlineKind::kScenario;
  Stretch whole{};  // all that belongs to it
  Stretch name_at{};
};

// The scenario first, and then what it consists of, in order: keys, messages, rows of the table,
// the transcript. Nothing where it has no title.
std::vector<OutlineEntry> outline_of(const Document& document);

// What `chatspec run` can be told to play.
struct RunLens {
  Stretch stretch{};
  std::string title{};
  std::vector<std::string> words{};  // of the command line, after `chatspec run`
};

// The scenario at its `scenario` line and, where it has a table, each row at its own. Nothing of a
// document that is no file, and of one with mistakes, as it cannot be run.
std::vector<RunLens> lenses_of(const Document& document);

}  // namespace chatspec::language_server
