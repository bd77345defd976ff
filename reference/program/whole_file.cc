#include "reference/program/whole_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

namespace chat {

std::expected<std::string, std::string> read_whole(int descriptor, std::size_t max_bytes) {
  std::string content;
  std::array<char, 65536> piece{};
  while (true) {
    // A signal that somebody handles ends it, too: whoever interrupts wants no more of it.
    const ssize_t size = read(descriptor, piece.data(), piece.size());
    if (size < 0) return std::unexpected(std::strerror(errno));
    if (size == 0) return content;
    content.append(piece.data(), static_cast<std::size_t>(size));
    if (content.size() > max_bytes)
      return std::unexpected(fmt::format("it has more than {} bytes", max_bytes));
  }
}

std::expected<std::string, std::string> read_whole(const std::filesystem::path& path,
                                                   std::size_t max_bytes) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return std::unexpected(std::strerror(errno));
  auto content = read_whole(descriptor, max_bytes);
  close(descriptor);
  return content;
}

}  // namespace chat
