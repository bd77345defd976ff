// What of a machine is its system: programs, libraries and their settings, as packages install
// them. Everything else is people's, services' or other cells' own, whatever it is called. The list
// is of what is shown, so that what nobody thought of is not.

#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace chatspec {

// What of the system there is here: folders, files and links, none within another. Of /opt and
// /snap, where each package has a folder of its own, those that PATH, JAVA_HOME or a link in a
// folder of PATH leads to.
std::vector<std::filesystem::path> list_system();

// Folders of the system with keys in them.
std::vector<std::filesystem::path> list_private_folders();

bool lies_within(const std::filesystem::path& path, const std::filesystem::path& folder);

}  // namespace chatspec
