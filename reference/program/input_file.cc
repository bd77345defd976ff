#include "reference/program/input_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fmt/format.h>

#include "reference/quote.h"
#include "reference/suggest.h"

namespace chat {
namespace {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

std::expected<std::string, FileError> read_file(const std::string& path) {
  const auto fail = [&] {
    return std::unexpected(
        FileError{path, 0, fmt::format("cannot be read: {}", std::strerror(errno))});
  };
  const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return fail();
  std::string content;
  std::array<char, 65536> piece{};
  while (true) {
    const std::size_t size = std::fread(piece.data(), 1, piece.size(), file.get());
    content.append(piece.data(), size);
    if (size < piece.size()) break;
  }
  if (std::ferror(file.get()) != 0) return fail();
  return content;
}

std::expected<std::vector<std::string>, FileError> read_list(const std::string& path,
                                                             const ParseList& parse) {
  const auto content = read_file(path);
  if (!content) return std::unexpected(content.error());
  return parse(*content, path);
}

std::expected<Profile, std::vector<FileError>> load_profile(const std::string& name_or_path) {
  if (const Profile* profile = find_profile(name_or_path)) return *profile;
  const auto text = read_file(name_or_path);
  if (text) return parse_profile(*text, name_or_path);
  constexpr std::array<std::string_view, 3> kNames{"line", "crlf", "bare"};
  return std::unexpected(std::vector{
      FileError{name_or_path, 0,
                fmt::format("expected line, crlf, bare or a profile's file, which {}{}",
                            text.error().message, did_you_mean(name_or_path, kNames))}});
}

}  // namespace chat
