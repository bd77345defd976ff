// What of a case's record is worth a look, given how the case failed.

#pragma once

#include <string>

#include "harness/report/record.h"

namespace chatspec {

// Whether the program ended, or ended the connection, before the harness did anything of the kind:
// so all that it wrote is its own doing.
bool ended_by_itself(const CaseRecord& record);

// What it wrote on standard output but for what it was sent, which every program prints.
std::string find_own_words(const CaseRecord& record);

// Whether the files that it was given are what it fails at.
bool are_files_the_matter(const CaseRecord& record);

}  // namespace chatspec
