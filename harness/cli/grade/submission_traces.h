// The traces of the suite in the files of a submission.

#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "harness/grade/source_traces.h"

namespace chatspec {

// Of what can be read: a folder that cannot was refused before, or has changed since.
std::vector<SourceTrace> find_source_traces(const std::filesystem::path& folder,
                                            std::span<const KnownConstant> constants);

}  // namespace chatspec
