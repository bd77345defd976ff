#include "reference/program/whole_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

namespace chat {

namespace {

// Appends to `content`, which may grow up to `max_bytes`.
TakePiece append_to(std::string& content, std::size_t max_bytes) {
  return [&content, max_bytes](std::string_view piece) -> std::expected<void, std::string> {
    if (piece.size() > max_bytes - content.size())
      return std::unexpected(fmt::format("it has more than {} bytes", max_bytes));
    content += piece;
    return {};
  };
}

template <typename Source>
std::expected<std::string, std::string> read_all(const Source& source, std::size_t max_bytes) {
  std::string content;
  const auto read = read_pieces(source, append_to(content, max_bytes));
  if (!read) return std::unexpected(read.error());
  return content;
}

}  // namespace

std::expected<void, std::string> read_pieces(int descriptor, const TakePiece& take) {
  std::array<char, 65536> piece{};
  while (true) {
    // A signal that somebody handles ends it, too: whoever interrupts wants no more of it.
    const ssize_t size = read(descriptor, piece.data(), piece.size());
    if (size < 0) return std::unexpected(std::strerror(errno));
    if (size == 0) return {};
    if (auto taken = take({piece.data(), static_cast<std::size_t>(size)}); !taken) return taken;
  }
}

std::expected<void, std::string> read_pieces(const std::filesystem::path& path,
                                             const TakePiece& take) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return std::unexpected(std::strerror(errno));
  auto read = read_pieces(descriptor, take);
  close(descriptor);
  return read;
}

std::expected<std::string, std::string> read_whole(int descriptor, std::size_t max_bytes) {
  return read_all(descriptor, max_bytes);
}

std::expected<std::string, std::string> read_whole(const std::filesystem::path& path,
                                                   std::size_t max_bytes) {
  return read_all(path, max_bytes);
}

}  // namespace chat
