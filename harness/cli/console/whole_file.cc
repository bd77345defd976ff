#include "harness/cli/console/whole_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <unistd.h>

#include <fmt/format.h>

#include "reference/program/whole_file.h"

namespace chatspec {
namespace {

constexpr auto kClose = [](std::FILE* file) { std::fclose(file); };
using File = std::unique_ptr<std::FILE, decltype(kClose)>;

std::expected<std::string, std::string> with_name(std::expected<std::string, std::string> content,
                                                  std::string_view name) {
  if (content) return content;
  return std::unexpected(fmt::format("{}: cannot read it: {}", name, content.error()));
}

}  // namespace

std::expected<std::string, std::string> read_whole_file(const std::string& path,
                                                        std::size_t max_bytes) {
  return with_name(chat::read_whole(path, max_bytes), path);
}

std::expected<std::string, std::string> read_file_or_input(const std::string& path,
                                                           std::size_t max_bytes) {
  if (path != "-") return read_whole_file(path, max_bytes);
  return with_name(chat::read_whole(STDIN_FILENO, max_bytes), "standard input");
}

std::expected<void, std::string> write_whole_file(const std::string& path, std::string_view bytes) {
  File file(std::fopen(path.c_str(), "wbe"));
  const bool written = file &&
                       std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
                       std::fflush(file.get()) == 0;
  if (written && std::fclose(file.release()) == 0) return {};
  return std::unexpected(fmt::format("{}: cannot write it: {}", path, std::strerror(errno)));
}

std::expected<void, std::string> write_file_or_output(const std::string& path,
                                                      std::string_view bytes, Console& console) {
  if (path != "-") return write_whole_file(path, bytes);
  console.say(bytes);
  return {};
}

}  // namespace chatspec
