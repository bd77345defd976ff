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

}  // namespace

std::expected<std::string, std::string> read_whole_file(const std::string& path) {
  const auto fail = [&] {
    return std::unexpected(fmt::format("{}: cannot read it: {}", path, std::strerror(errno)));
  };
  const File file(std::fopen(path.c_str(), "rbe"));
  if (!file) return fail();
  std::string text;
  std::array<char, 65536> piece{};
  for (std::size_t size = 0; (size = std::fread(piece.data(), 1, piece.size(), file.get())) > 0;)
    text.append(piece.data(), size);
  if (std::ferror(file.get()) != 0) return fail();
  return text;
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
