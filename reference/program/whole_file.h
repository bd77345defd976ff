// Whatever can be read, read whole: files, pipes, devices.

#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>

namespace chat {

// All bytes of what is opened once and read to its end: of a pipe, nobody can do it again. The
// error is a reason, "No such file or directory"; a folder is one, and so are more than
// `max_bytes`, as an endless device has them.
std::expected<std::string, std::string> read_whole(const std::filesystem::path& path,
                                                   std::size_t max_bytes);

// The same of what is open already, from where it stands. It stays open.
std::expected<std::string, std::string> read_whole(int descriptor, std::size_t max_bytes);

}  // namespace chat
