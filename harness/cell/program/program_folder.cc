#include "harness/cell/program/program_folder.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>

#include <fmt/format.h>

namespace chatspec {
namespace {

namespace fs = std::filesystem;

std::vector<FileIdentity> identities_of(const std::vector<fs::path>& paths) {
  std::vector<FileIdentity> found;
  for (const fs::path& path : paths) {
    if (const auto file = identify_file(path)) found.push_back(*file);
  }
  return found;
}

}  // namespace

std::expected<ProgramFolder, std::string> ProgramFolder::copy_of(
    const fs::path& source, const fs::path& temporary, const std::vector<fs::path>& secrets) {
  const FileDescriptor folder(open(source.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) {
    return std::unexpected(errno == ENOENT
                               ? fmt::format("{}: there is no such folder", source.native())
                               : fmt::format("{}: {}", source.native(), std::strerror(errno)));
  }
  auto copy = ScratchFolder::make(temporary);
  if (!copy) return std::unexpected(copy.error());
  auto contents = copy_tree(folder.get(), copy->descriptor(), {}, identities_of(secrets));
  if (!contents) {
    return std::unexpected(fmt::format("{}: {}", source.native(), contents.error()));
  }
  return ProgramFolder(temporary, *std::move(copy), *std::move(contents));
}

std::expected<void, std::string> ProgramFolder::replace_by(int built) {
  auto copy = ScratchFolder::make(temporary_);
  if (!copy) return std::unexpected(copy.error());
  auto contents = copy_tree(built, copy->descriptor());
  if (!contents) return std::unexpected(contents.error());
  copy_ = std::make_unique<ScratchFolder>(*std::move(copy));
  contents_ = *std::move(contents);
  return {};
}

}  // namespace chatspec
