// The files that a command line is about.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chatspec {

// What is wrong with the program that a command line names by a path, or with the script that it
// plainly tells an interpreter to run: in a sentence without a full stop, with the file that may be
// meant. Nothing where all is well, or nothing can be told. Relative words mean files in `folder`,
// which people know as `name`.
std::optional<std::string> find_unusable_file(const std::vector<std::string>& words,
                                              const std::filesystem::path& folder,
                                              const std::string& name);

}  // namespace chatspec
