// Tells whether the owner of a scratch folder lives: a file beside the folder, which its owner
// keeps locked (flock(2)) for as long as it lives, however it ends. So what a run leaves behind
// that was killed can be told from what another is using, and be removed by the next.

#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

class ScratchLock {
 public:
  // Makes a file that nobody has yet in a folder, and locks it. The error is errno.
  static std::expected<ScratchLock, int> make(const std::filesystem::path& place);
  ScratchLock(ScratchLock&& other) noexcept
      : path_(std::exchange(other.path_, {})), file_(std::move(other.file_)) {}
  ScratchLock& operator=(ScratchLock&&) = delete;
  ~ScratchLock();  // removes the file

  // The folder that it stands for: beside it, and named after it. It need not exist yet.
  std::filesystem::path folder() const;
  // Notes in the file which folder that is, now that it exists. Gives errno, 0 where all is well.
  int note(const FileDescriptor& folder) const;

 private:
  ScratchLock(std::filesystem::path path, FileDescriptor file)
      : path_(std::move(path)), file_(std::move(file)) {}

  std::filesystem::path path_;
  FileDescriptor file_;
};

// Removes the scratch folders in a folder whose owners are dead: those of this user, of which a
// file that only ScratchLock can have written says that they are scratch folders, and that nobody
// has locked. Everything else stays, whatever it is called.
void remove_abandoned_folders(const std::filesystem::path& place);

}  // namespace chatspec
