#include "harness/cli/console/named_files.h"

#include <filesystem>
#include <map>

#include <fmt/format.h>

namespace chatspec {
namespace {

// The same for two names of one file, whether it exists or not.
std::string canonical_path(const std::string& path) {
  if (path == kStandardOutput) return path;
  std::error_code failure;
  const auto canonical = std::filesystem::weakly_canonical(path, failure);
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
    if (found == needed.end() || !std::filesystem::is_regular_file(file.path, failure)) continue;
    return std::unexpected(fmt::format("{} would write over {}, which is also what {} names",
                                       file.option, file.path, found->second));
  }
  return {};
}

}  // namespace chatspec
