// The path of an entry of an archive.

#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace chatspec {

// Its parts, which lie below the folder into which the archive is unpacked: no "..", no root, no
// drive, no NUL, each a name that a file may have. Windows' backslashes part, too. Empty for the
// folder itself. The error is a sentence without a full stop.
std::expected<std::vector<std::string>, std::string> parse_entry_path(std::string_view path);

}  // namespace chatspec
