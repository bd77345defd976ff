// The text of one scenario file, whatever kind of file it is.

#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace chatspec {

// Where standard input is found among the files. It need not be one that can be opened, as a
// socket.
inline constexpr const char* kStandardInput = "/dev/stdin";

// All bytes of a file, a pipe or a device, opened once and read to its end: of a pipe, nobody can
// do it again. Fails with a reason where it cannot be read, is a folder, or has more than
// kMaxSourceBytes, so that an endless one ends, too.
std::expected<std::string, std::string> read_source(const std::filesystem::path& path);

// Whether it is a pipe, a socket or a device: something that is read once, and not written back.
bool is_stream(const std::filesystem::path& path);

}  // namespace chatspec
