#include "harness/cli/log_files.h"

#include <utility>

#include "harness/cli/read_log.h"

namespace chatspec {

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

}  // namespace chatspec
