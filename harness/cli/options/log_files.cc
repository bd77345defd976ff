#include "harness/cli/options/log_files.h"

#include <algorithm>
#include <iterator>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "reference/program/whole_file.h"

namespace chatspec {
namespace {

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

}  // namespace

std::expected<LogFile, std::string> read_log_file(const std::string& path) {
  auto log = read_log(path);
  if (!log) return std::unexpected(log.error());
  LogFile file{.path = path, .content = *std::move(log)};
  file.runs = group_runs(file.content.records);
  return file;
}

std::expected<std::vector<LogFile>, std::string> read_log_files(
    std::span<const std::string> paths) {
  std::vector<LogFile> files;
  for (const std::string& path : paths) {
    auto file = read_log_file(path);
    if (!file) return std::unexpected(file.error());
    files.push_back(*std::move(file));
  }
  return files;
}

std::vector<std::string> list_selected_words(std::span<const RunOfLog> runs) {
  std::vector<std::string> words;
  for (const RunOfLog& run : runs) {
    if (run.run) std::ranges::copy(run.run->selection.names, std::back_inserter(words));
  }
  return words;
}

}  // namespace chatspec
