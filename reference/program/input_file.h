// Files named on a command line.

#pragma once

#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/profile.h"
#include "reference/text/file_error.h"

namespace chat {

// The whole content.
std::expected<std::string, FileError> read_file(const std::string& path);

// The lists of files.h: what `parse` makes of the file's content.
using ParseList = std::function<std::expected<std::vector<std::string>, FileError>(
    std::string_view content, std::string_view file_name)>;
std::expected<std::vector<std::string>, FileError> read_list(const std::string& path,
                                                             const ParseList& parse);

// The builtin profile of that name or, where there is none, the one in the file of that path. The
// error is every mistake of the file.
std::expected<Profile, std::vector<FileError>> load_profile(const std::string& name_or_path);

}  // namespace chat
