#include "harness/cell/folders/scratch_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <sys/stat.h>

#include "harness/cell/folders/remove_folder.h"
#include "harness/cell/remedy.h"

namespace chatspec {

namespace fs = std::filesystem;

std::expected<fs::path, std::string> find_temporary_folder() {
  const char* variable = std::getenv("TMPDIR");
  const bool is_set = variable != nullptr && *variable != '\0';
  const fs::path wanted = is_set ? variable : "/tmp";
  std::error_code error;
  const fs::path folder = fs::canonical(wanted, error);
  if (!error && fs::is_directory(folder, error)) return folder;
  return std::unexpected(
      fmt::format("{}{}: {} ({})", is_set ? "TMPDIR is " : "", wanted.native(),
                  error ? error.message() : "it is no folder",
                  is_set ? "make that folder, set TMPDIR to another, or unset it for /tmp"
                         : "make that folder, or set TMPDIR to another"));
}

std::expected<ScratchFolder, std::string> ScratchFolder::make(const fs::path& parent) {
  const auto failure = [&](int error) {
    std::string why = explain_error(error);
    if (why == std::strerror(error)) why += " (set TMPDIR to a folder in which you may make files)";
    return std::unexpected(fmt::format("cannot make a folder in {}: {}", parent.native(), why));
  };
  std::error_code error;
  const fs::path place = fs::canonical(parent, error);
  if (error) return failure(error.value());
  std::expected<ScratchLock, int> lock = ScratchLock::make(place);
  while (lock && mkdir(lock->folder().c_str(), 0700) != 0) {
    if (errno != EEXIST) return failure(errno);
    auto another = ScratchLock::make(place);
    if (!another) return failure(another.error());
    lock.emplace(*std::move(another));
  }
  if (!lock) return failure(lock.error());
  const fs::path path = lock->folder();
  FileDescriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  const int unnoted = folder ? lock->note(folder) : errno;
  if (unnoted != 0) {
    rmdir(path.c_str());
    return failure(unnoted);
  }
  return ScratchFolder(*std::move(lock), path, std::move(folder));
}

ScratchFolder::~ScratchFolder() {
  if (!path_.empty()) remove_folder(path_);
}

}  // namespace chatspec
