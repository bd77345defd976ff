// Whatever can be read, read to its end, whole or piece by piece: files, pipes, devices.

#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace chat {

// Takes what was read next; gives an error where that is enough.
using TakePiece = std::function<std::expected<void, std::string>(std::string_view)>;

// Gives all bytes to `take`, in their order, of what is opened once and read to its end: of a pipe,
// nobody can do it again. The error is a reason, "No such file or directory", or what `take` gave;
// a folder is one, too.
std::expected<void, std::string> read_pieces(const std::filesystem::path& path,
                                             const TakePiece& take);

// The same of what is open already, from where it stands. It stays open.
std::expected<void, std::string> read_pieces(int descriptor, const TakePiece& take);

// All bytes, read in this way. More than `max_bytes` are an error, as an endless device has them.
std::expected<std::string, std::string> read_whole(const std::filesystem::path& path,
                                                   std::size_t max_bytes);

std::expected<std::string, std::string> read_whole(int descriptor, std::size_t max_bytes);

}  // namespace chat
