#include "reference/program/input_file.h"

#include <array>

#include <fmt/format.h>

#include "reference/program/whole_file.h"
#include "reference/text/suggest.h"

namespace chat {
namespace {

constexpr std::size_t kMaxInputBytes = std::size_t{1} << 30;

}  // namespace

std::expected<std::string, FileError> read_file(const std::string& path) {
  auto content = read_whole(path, kMaxInputBytes);
  if (content) return *std::move(content);
  return std::unexpected(FileError{path, 0, fmt::format("cannot be read: {}", content.error())});
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
