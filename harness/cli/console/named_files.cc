#include "harness/cli/console/named_files.h"

#include <cerrno>
#include <filesystem>
#include <map>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// The same for two names of one file, whether it exists or not.
std::string canonical_path(const std::string& path) {
  if (path == kStandardOutput) return path;
  std::error_code failure;
  const auto canonical = fs::weakly_canonical(path, failure);
  return failure ? path : canonical.string();
}

}  // namespace

std::expected<void, std::string> check_named_once(std::span<const NamedFile> files) {
  std::map<std::string, std::string_view> named;
  for (const NamedFile& file : files) {
    if (file.path.empty()) continue;
    const auto [first, is_new] = named.emplace(canonical_path(file.path), file.option);
    if (is_new) continue;
    if (first->second == file.option)
      return std::unexpected(fmt::format("{} names {} twice", file.option, file.path));
    return std::unexpected(
        fmt::format("{} and {} both name {}; each needs a file of its own", first->second,
                    file.option, file.path == kStandardOutput ? "standard output" : file.path));
  }
  return {};
}

std::expected<void, std::string> check_read_are_kept(std::span<const NamedFile> written,
                                                     std::span<const NamedFile> read) {
  std::map<std::string, std::string_view> needed;
  for (const NamedFile& file : read) {
    if (!file.path.empty()) needed.emplace(canonical_path(file.path), file.option);
  }
  for (const NamedFile& file : written) {
    const auto found = file.path.empty() ? needed.end() : needed.find(canonical_path(file.path));
    std::error_code failure;
    if (found == needed.end() || !fs::is_regular_file(file.path, failure)) continue;
    return std::unexpected(fmt::format("{} would write over {}, which is also what {} names",
                                       file.option, file.path, found->second));
  }
  return {};
}

std::expected<void, std::string> check_can_be_written(std::span<const NamedFile> files) {
  for (const NamedFile& file : files) {
    if (file.path.empty() || file.path == kStandardOutput) continue;
    const auto refuse = [&](std::string_view why) {
      return std::unexpected(
          fmt::format("{}: {}: cannot write it: {}", file.option, file.path, why));
    };
    std::error_code failure;
    const fs::file_status status = fs::status(file.path, failure);
    if (fs::is_directory(status)) return refuse("it is a folder");
    const bool is_there = fs::exists(status);
    if (failure && status.type() != fs::file_type::not_found) return refuse(failure.message());
    const fs::path folder = fs::absolute(file.path, failure).parent_path();
    if (!is_there && !fs::is_directory(folder, failure))
      return refuse(fmt::format("there is no folder {}", folder.string()));
    if (access(is_there ? file.path.c_str() : folder.c_str(), W_OK) != 0)
      return refuse(std::generic_category().message(errno));
  }
  return {};
}

std::expected<void, std::string> check_can_be_folder(const NamedFile& folder) {
  std::error_code failure;
  if (folder.path.empty() || !fs::exists(folder.path, failure) ||
      fs::is_directory(folder.path, failure)) {
    return {};
  }
  return std::unexpected(
      fmt::format("{}: {} is there already, and no folder", folder.option, folder.path));
}

}  // namespace chatspec
