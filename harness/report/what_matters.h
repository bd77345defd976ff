// What of a case's record is worth a look, given how the case failed.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/report/log/record.h"

namespace chatspec {

// Whether the program ended, or ended the connection, before the harness did anything of the kind:
// so all that it wrote is its own doing.
bool ended_by_itself(const CaseRecord& record);

// What it wrote on standard output but for what it was sent, which every program prints.
std::string find_own_words(const CaseRecord& record);

// The requirements that are meant: the finding's own, else those of the case. `finding` may be
// null.
std::vector<std::string> requirements_meant(const CaseRecord& record, const FindingRecord* finding);

// How silence is known, and how sure that is.
std::string describe_evidence(const EvidenceRecord& evidence);

// What it wrote to standard error before the harness closed the connection, with stack traces cut
// to its own frames. What came after may be about nothing but that ("the connection ended before
// QUIT"); of a crash its words count whenever they came.
LoggedBytes errors_that_matter(const CaseRecord& record);

struct GivenFile {
  std::string_view name{};  // "keys", "messages", "signatures"
  std::string text{};       // its first lines as an editor has them, but with their line ends
};
// What the program was given, where that is what it fails at.
std::vector<GivenFile> files_that_matter(const CaseRecord& record);

}  // namespace chatspec
