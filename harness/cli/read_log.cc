#include "harness/cli/read_log.h"

#include <unistd.h>

#include <fmt/format.h>

#include "reference/program/whole_file.h"

namespace chatspec {

std::expected<LogContent, std::string> read_log(const std::string& path) {
  const bool is_input = path == "-";
  const std::string name = is_input ? "standard input" : path;
  LogReader reader(name);
  bool is_wrong = false;
  const auto add = [&](std::string_view piece) {
    auto added = reader.add(piece);
    is_wrong = !added;
    return added;
  };
  const auto read = is_input ? chat::read_pieces(STDIN_FILENO, add) : chat::read_pieces(path, add);
  if (!read && is_wrong) return std::unexpected(read.error());
  if (!read) return std::unexpected(fmt::format("{}: cannot read it: {}", name, read.error()));
  auto content = reader.finish();
  if (content && content->records.empty())
    return std::unexpected(fmt::format("{}: there is no record in it", name));
  return content;
}

}  // namespace chatspec
