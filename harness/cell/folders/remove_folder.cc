// Removal goes level by level rather than down: each folder found within a folder is first moved up
// to the top, so that neither the length of a path nor the number of open folders grows with the
// depth.

#include "harness/cell/folders/remove_folder.h"

#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "harness/cell/file_descriptor.h"

namespace chatspec {
namespace {

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

}  // namespace

bool remove_folder(const std::filesystem::path& folder) {
  chmod(folder.c_str(), 0700);
  const FileDescriptor top = open_folder(AT_FDCWD, folder.c_str());
  std::size_t next = 0;
  while (top && empty_once(top.get(), next)) {
  }
  return rmdir(folder.c_str()) == 0;
}

}  // namespace chatspec
