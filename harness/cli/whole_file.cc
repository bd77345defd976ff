#include "harness/cli/whole_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fmt/format.h>

namespace chatspec {
namespace {

constexpr auto kClose = [](std::FILE* file) { std::fclose(file); };
using File = std::unique_ptr<std::FILE, decltype(kClose)>;

constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;

std::expected<std::string, std::string> read_all(std::FILE* file, std::string_view name) {
  const auto fail = [&](std::string_view reason) {
    return std::unexpected(fmt::format("{}: cannot read it: {}", name, reason));
  };
  if (!file) return fail(std::strerror(errno));
  std::string text;
  std::array<char, 65536> piece{};
  for (std::size_t size = 0; (size = std::fread(piece.data(), 1, piece.size(), file)) > 0;) {
    text.append(piece.data(), size);
    if (text.size() > kMaxFileBytes)
      return fail(fmt::format("it has more than {} bytes", kMaxFileBytes));
  }
  if (std::ferror(file) != 0) return fail(std::strerror(errno));
  return text;
}

}  // namespace

std::expected<std::string, std::string> read_whole_file(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rbe"));
  return read_all(file.get(), path);
}

std::expected<std::string, std::string> read_standard_input() {
  return read_all(stdin, "standard input");
}

std::expected<void, std::string> write_whole_file(const std::string& path, std::string_view bytes) {
  File file(std::fopen(path.c_str(), "wbe"));
  const bool written = file &&
                       std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
                       std::fflush(file.get()) == 0;
  if (written && std::fclose(file.release()) == 0) return {};
  return std::unexpected(fmt::format("{}: cannot write it: {}", path, std::strerror(errno)));
}

}  // namespace chatspec
