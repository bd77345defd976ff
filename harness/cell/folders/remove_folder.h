// How a folder goes whatever somebody has put into it.

#pragma once

#include <filesystem>

namespace chatspec {

// Removes a folder with all that is in it, however deep, unreadable or oddly named; never follows a
// symbolic link. Uses a fixed number of descriptors and no recursion. Gives whether it is gone.
bool remove_folder(const std::filesystem::path& folder);

}  // namespace chatspec
