// Where files lie for others who look at the same repository: CI systems, editors.

#pragma once

#include <filesystem>
#include <string>

namespace chatspec {

// The root of the repository in which a folder lies: the nearest folder, from it upwards, that has
// a .git; where there is none, the folder itself. Canonical; empty where it cannot be told.
std::filesystem::path find_repository(const std::filesystem::path& folder);

// The file as seen from a canonical folder; "" where it does not lie below it, or the folder is
// empty.
std::string path_below(const std::filesystem::path& folder, const std::filesystem::path& file);

}  // namespace chatspec
