// What the words of the language mean, in the words of scenarios/README.md, where each stands in
// the first column of a table.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chatspec::language_server {

// A row of one of its tables.
struct ManualEntry {
  std::string section{};             // the heading below which it stands: "Transcript"
  std::vector<std::string> forms{};  // what is explained, as it is written: "split N"
  std::string meaning{};             // with the document's markup, its links made plain
};

// Reads the tables of a document in the form of that one, in its order.
std::vector<ManualEntry> parse_manual(std::string_view document);

// Those of the manual itself. They live as long as the program.
const std::vector<ManualEntry>& manual_entries();

// All entries of a section of which a form is `word`, or begins with it as a whole word.
std::vector<const ManualEntry*> find_in_manual(std::string_view section, std::string_view word);

}  // namespace chatspec::language_server
