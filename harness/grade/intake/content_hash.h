// Whether a submission is still the same.

#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "harness/cell/folders/tree_copy.h"

namespace chatspec {

// The SHA-256, in hex, of the names and bytes of all files below a folder, of which of them may be
// run, and of where its links lead; litter, and what is no file, folder or link, does not count.
// The error is a sentence without a full stop.
std::expected<std::string, std::string> hash_contents(const std::filesystem::path& folder,
                                                      const TreeLimits& limits = {});

}  // namespace chatspec
