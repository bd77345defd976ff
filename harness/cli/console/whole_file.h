// Files that the command line names, read or written whole.

#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "harness/cli/console/console.h"

namespace chatspec {

// How much is read of what, so that nobody's memory is filled by /dev/zero or a pipe without end.
inline constexpr std::size_t kMaxProfileBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxKeyFileBytes = std::size_t{16} << 20;

// The file's bytes, or "PATH: cannot read it: REASON"; a folder is an error, too, and so are more
// than `max_bytes`.
std::expected<std::string, std::string> read_whole_file(const std::string& path,
                                                        std::size_t max_bytes);

// The same; `-` is standard input.
std::expected<std::string, std::string> read_file_or_input(const std::string& path,
                                                           std::size_t max_bytes);

// Replaces what the file held. Fails with "PATH: cannot write it: REASON", and may then have
// written a part.
std::expected<void, std::string> write_whole_file(const std::string& path, std::string_view bytes);

// The same; `-` is what was asked for, on the console.
std::expected<void, std::string> write_file_or_output(const std::string& path,
                                                      std::string_view bytes, Console& console);

}  // namespace chatspec
