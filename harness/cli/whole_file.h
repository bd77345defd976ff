// Files that the command line names, read or written whole.

#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace chatspec {

// The file's bytes, or "PATH: cannot read it: REASON"; a folder is an error, too, and so is more
// than a GiB, as of /dev/zero.
std::expected<std::string, std::string> read_whole_file(const std::string& path);

// The same of standard input.
std::expected<std::string, std::string> read_standard_input();

// Replaces what the file held. Fails with "PATH: cannot write it: REASON", and may then have
// written a part.
std::expected<void, std::string> write_whole_file(const std::string& path, std::string_view bytes);

}  // namespace chatspec
