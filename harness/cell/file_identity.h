// Which file something is, by whatever path, and in whatever mount namespace, it is reached.

#pragma once

#include <fcntl.h>
#include <optional>
#include <string>

#include <sys/stat.h>

namespace chatspec {

struct FileIdentity {
  dev_t device = 0;
  ino_t inode = 0;
  bool operator==(const FileIdentity&) const = default;
};

// Of what a path leads to, from a folder's descriptor if it is relative. Nothing where that cannot
// be seen.
inline std::optional<FileIdentity> identify_file(const std::string& path, int folder = AT_FDCWD) {
  struct stat status{};
  if (fstatat(folder, path.c_str(), &status, 0) != 0) return std::nullopt;
  return FileIdentity{.device = status.st_dev, .inode = status.st_ino};
}

}  // namespace chatspec
