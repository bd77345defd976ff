// Removal goes level by level rather than down: each folder found within a folder is first moved up
// to the top, so that neither the length of a path nor the number of open folders grows with the
// depth.

#include "harness/cell/scratch_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

namespace chatspec {
namespace {

namespace fs = std::filesystem;

struct Entry {
  std::string name;
  bool is_folder;
};

struct CloseScratchFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

bool is_folder(int parent, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
  struct stat status{};
  return fstatat(parent, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISDIR(status.st_mode);
}

FileDescriptor open_folder(int parent, const char* name) {
  return FileDescriptor(openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

std::vector<Entry> entries_of(int folder) {
  std::vector<Entry> entries;
  const int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, CloseScratchFolder> listing(copy < 0 ? nullptr : fdopendir(copy));
  if (!listing) return entries;
  while (const dirent* entry = readdir(listing.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") entries.push_back({name, is_folder(copy, *entry)});
  }
  return entries;
}

// Empties a folder that lies at the top; its folders become further ones at the top, named by
// `next`.
void empty_into(int top, int folder, std::size_t& next) {
  for (const auto& entry : entries_of(folder)) {
    if (!entry.is_folder) {
      unlinkat(folder, entry.name.c_str(), 0);
      continue;
    }
    fchmodat(folder, entry.name.c_str(), 0700, 0);  // moving a folder writes to it
    if (unlinkat(folder, entry.name.c_str(), AT_REMOVEDIR) == 0) continue;
    while (renameat2(folder, entry.name.c_str(), top, fmt::format("{}", next).c_str(),
                     RENAME_NOREPLACE) != 0) {
      if (errno != EEXIST) return;
      ++next;
    }
  }
}

// Gives whether anything could be removed or moved, so that what can't be removed doesn't keep us
// forever.
bool empty_once(int top, std::size_t& next) {
  bool progress = false;
  for (const auto& entry : entries_of(top)) {
    if (!entry.is_folder) {
      progress |= unlinkat(top, entry.name.c_str(), 0) == 0;
      continue;
    }
    fchmodat(top, entry.name.c_str(), 0700, 0);
    const FileDescriptor folder = open_folder(top, entry.name.c_str());
    if (folder) empty_into(top, folder.get(), next);
    progress |= unlinkat(top, entry.name.c_str(), AT_REMOVEDIR) == 0;
  }
  return progress;
}

// What helps where no folder can be made.
std::string_view find_remedy(int error) {
  switch (error) {
    case EMFILE:
    case ENFILE:
      return "allow more open files: ulimit -n";
    case ENOSPC:
    case EDQUOT:
      return "make room there, or set TMPDIR to another folder";
    default:
      return "set TMPDIR to a folder in which you may make files";
  }
}

}  // namespace

bool remove_folder(const fs::path& folder) {
  chmod(folder.c_str(), 0700);
  const FileDescriptor top = open_folder(AT_FDCWD, folder.c_str());
  std::size_t next = 0;
  while (top && empty_once(top.get(), next)) {
  }
  return rmdir(folder.c_str()) == 0;
}

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
    return std::unexpected(fmt::format("cannot make a folder in {}: {} ({})", parent.native(),
                                       std::strerror(error), find_remedy(error)));
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
  FileDescriptor folder = open_folder(AT_FDCWD, path.c_str());
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
