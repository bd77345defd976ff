// The folder into which vectors are exported.

#pragma once

#include <expected>
#include <filesystem>
#include <set>
#include <string>

#include "harness/vectors/vector_files.h"

namespace chatspec {

// The names of what an earlier export has left in the folder; none where it is new or empty. The
// error, a sentence that names the folder, says why it cannot be written to: it is none, or holds
// what no export has written.
std::expected<std::set<std::string>, std::string> find_former_export(
    const std::filesystem::path& folder);

// Replaces `former` by the files, all or none of them as far as can be: they are first written
// beside where they go, and the index is put in place last. Makes the folder. The error is a
// sentence that names the file.
std::expected<void, std::string> write_vector_folder(const std::filesystem::path& folder,
                                                     const std::set<std::string>& former,
                                                     const VectorFiles& files);

}  // namespace chatspec
