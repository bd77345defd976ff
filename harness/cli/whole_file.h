// Files that the command line names, read or written whole.

#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace chatspec {

// The file's bytes, or "PATH: cannot read it: REASON"; a folder is an error, too.
std::expected<std::string, std::string> read_whole_file(const std::string& path);

// Replaces what the file held. Fails with "PATH: cannot write it: REASON", and may then have
// written a part.
std::expected<void, std::string> write_whole_file(const std::string& path, std::string_view bytes);

}  // namespace chatspec
