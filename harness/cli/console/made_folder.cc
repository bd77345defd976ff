#include "harness/cli/console/made_folder.h"

#include <system_error>

#include <fmt/format.h>

namespace chatspec {

std::expected<void, FolderTrouble> make_folder(const std::filesystem::path& path) {
  std::error_code failure;
  std::filesystem::create_directories(path, failure);
  if (!failure) return {};
  const bool is_in_the_way =
      failure == std::errc::not_a_directory || failure == std::errc::file_exists;
  return std::unexpected(FolderTrouble{
      .message = fmt::format("{}: cannot make this folder: {}", path.string(), failure.message()),
      .code = is_in_the_way ? ExitCode::kUsage : ExitCode::kInternal});
}

}  // namespace chatspec
