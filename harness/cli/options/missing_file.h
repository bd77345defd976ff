// Why a program may not find a file of its own.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace chatspec {

// For a program that starts in an empty folder: where a line of what it wrote to standard error
// says that something was not found, and that lies in `here`, where the command line was typed, or
// beside a file that it names, then that and what to do, in a sentence without a full stop. Else
// "".
std::string explain_missing_file(std::string_view errors, const std::vector<std::string>& words,
                                 const std::filesystem::path& here);

}  // namespace chatspec
