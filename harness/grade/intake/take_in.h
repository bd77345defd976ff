// Submissions, from the folders and archives in which a teacher has them.

#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "harness/grade/intake/submission.h"

namespace chatspec {

// Whether a folder in which such files lie at the top is a program.
using IsProgram = std::function<bool(const std::vector<std::string>& names)>;

struct Intake {
  std::vector<Submission> submissions{};     // sorted by id, no two with the same
  std::vector<RefusedSubmission> refused{};  // the same
  std::vector<std::string> passed_over{};    // paths of files that belong to nobody, sorted
};

// A source is a folder or an archive: a submission itself where a program lies at its top, else one
// that holds submissions, each a folder, an archive, or the files that platform_names.h gives to
// one student. A submission is looked for below folders and in archives that lie in it alone.
// Archives are unpacked, and single files copied, into folders below `unpacked`, which must exist
// and is ours; folders stay where they are. What cannot be used is refused and does not keep the
// rest from being taken in.
Intake take_in(const std::vector<std::filesystem::path>& sources,
               const std::filesystem::path& unpacked, const IsProgram& is_program);

}  // namespace chatspec
