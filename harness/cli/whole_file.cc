#include "harness/cli/text_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fmt/format.h>

namespace chatspec {

std::expected<std::string, std::string> read_text_file(const std::string& path) {
  const auto fail = [&] {
    return std::unexpected(fmt::format("{}: cannot read it: {}", path, std::strerror(errno)));
  };
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rbe"), close);
  if (!file) return fail();
  std::string text;
  std::array<char, 65536> piece{};
  for (std::size_t size = 0; (size = std::fread(piece.data(), 1, piece.size(), file.get())) > 0;)
    text.append(piece.data(), size);
  if (std::ferror(file.get()) != 0) return fail();
  return text;
}

}  // namespace chatspec
