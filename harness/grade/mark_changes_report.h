// What changed between two gradings, for people, for spreadsheets and for programs.

#pragma once

#include <string>

#include "harness/grade/mark_changes.h"

namespace chatspec {

// What fell first, each with its causes; at the end how many there are of each.
std::string mark_changes_as_text(const MarkChanges& changes);

// A line for each mark that changed, as RFC 4180 wants it.
std::string mark_changes_as_csv(const MarkChanges& changes);

// One object: `worse`, `same`, `without`, `remarks`, `settings` and `changes`, with all causes.
std::string mark_changes_as_json(const MarkChanges& changes);

// "2 fell, 1 rose, 297 as before"
std::string count_mark_changes(const MarkChanges& changes);

}  // namespace chatspec
