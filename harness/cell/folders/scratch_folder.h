// A folder that exists as long as its owner does, whatever is put into it; and where the owner is
// killed, until remove_abandoned_folders() is called next (scratch_lock.h).

#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <utility>

#include "harness/cell/file_descriptor.h"
#include "harness/cell/folders/scratch_lock.h"

namespace chatspec {

// Where folders for a while are made: what TMPDIR names, or /tmp where it is empty or not set.
// Canonical. The error is a sentence that says what is wrong with it and what to do.
std::expected<std::filesystem::path, std::string> find_temporary_folder();

class ScratchFolder {
 public:
  // Makes a new folder, readable by this user alone, in `parent`. The error is a sentence that says
  // what to do.
  static std::expected<ScratchFolder, std::string> make(const std::filesystem::path& parent);

  ScratchFolder(ScratchFolder&& other) noexcept
      : lock_(std::move(other.lock_)),
        path_(std::exchange(other.path_, {})),
        descriptor_(std::move(other.descriptor_)) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();

  const std::filesystem::path& path() const { return path_; }  // canonical
  int descriptor() const { return descriptor_.get(); }

 private:
  ScratchFolder(ScratchLock lock, std::filesystem::path path, FileDescriptor descriptor)
      : lock_(std::move(lock)), path_(std::move(path)), descriptor_(std::move(descriptor)) {}
  ScratchLock lock_;  // outlives the folder
  std::filesystem::path path_;
  FileDescriptor descriptor_;
};

}  // namespace chatspec
