// A file that the command line names, read whole.

#pragma once

#include <expected>
#include <string>

namespace chatspec {

// The file's bytes, or "PATH: cannot read it: REASON"; a folder is an error, too.
std::expected<std::string, std::string> read_text_file(const std::string& path);

}  // namespace chatspec
