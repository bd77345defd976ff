// The file of the folder `chatspec-AbCdEf` is `.chatspec-AbCdEf.lock`, and holds a line that names
// the folder by its device and inode: another that has come to that name meanwhile is not removed.
// Who locks a file looks afterwards whether it is still there, because its former owner may have
// removed it in between.

#include "harness/cell/folders/scratch_lock.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <string_view>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "harness/cell/folders/remove_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBeforeScratch = ".";
constexpr std::string_view kScratchName = "chatspec-";
constexpr std::string_view kScratchRandom = "XXXXXX";
constexpr std::string_view kBehindScratch = ".lock";
constexpr int kMostScratchTries = 100;              // until a file is ours
constexpr std::size_t kMostScratchEntries = 65536;  // of a folder, that are looked at

std::string name_folder(const struct stat& facts) {
  return fmt::format("scratch folder of chatspec, device {} inode {}\n", facts.st_dev,
                     facts.st_ino);
}

bool is_lock_name(std::string_view name) {
  return name.size() == kBeforeScratch.size() + kScratchName.size() + kScratchRandom.size() +
                            kBehindScratch.size() &&
         name.starts_with(kBeforeScratch) &&
         name.substr(kBeforeScratch.size()).starts_with(kScratchName) &&
         name.ends_with(kBehindScratch);
}

fs::path folder_of(const fs::path& lock) {
  std::string name = lock.filename().native();
  name.erase(0, kBeforeScratch.size());
  name.resize(name.size() - kBehindScratch.size());
  return lock.parent_path() / name;
}

// Whether a file is locked now, and there.
bool take_lock(const FileDescriptor& file) {
  struct stat facts{};
  return flock(file.get(), LOCK_EX | LOCK_NB) == 0 && fstat(file.get(), &facts) == 0 &&
         facts.st_nlink == 1;
}

std::string read_line(const FileDescriptor& file) {
  std::array<char, 256> buffer{};
  const ssize_t size = pread(file.get(), buffer.data(), buffer.size(), 0);
  return {buffer.data(), size < 0 ? 0 : static_cast<std::size_t>(size)};
}

// A lock file that this user has made, and that nobody holds.
FileDescriptor take_abandoned(const fs::path& lock) {
  FileDescriptor file(open(lock.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat facts{};
  if (!file || fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode) ||
      facts.st_uid != geteuid() || (facts.st_mode & 07777) != (S_IRUSR | S_IWUSR) ||
      !take_lock(file)) {
    file.reset();
  }
  return file;
}

void remove_abandoned(const fs::path& lock) {
  const FileDescriptor file = take_abandoned(lock);
  if (!file) return;
  const fs::path folder = folder_of(lock);
  const std::string line = read_line(file);
  struct stat facts{};
  const bool exists = lstat(folder.c_str(), &facts) == 0;
  const bool is_own = exists && S_ISDIR(facts.st_mode) && facts.st_uid == geteuid();
  // Its owner died before it could note it: then nothing is in it.
  if (is_own && line.empty()) rmdir(folder.c_str());
  if (is_own && line == name_folder(facts) && !remove_folder(folder)) return;
  unlink(lock.c_str());
}

struct CloseScratchPlace {
  void operator()(DIR* folder) const { closedir(folder); }
};

}  // namespace

std::expected<ScratchLock, int> ScratchLock::make(const fs::path& place) {
  const std::string pattern =
      fmt::format("{}{}{}{}", kBeforeScratch, kScratchName, kScratchRandom, kBehindScratch);
  for (int tries = 0; tries < kMostScratchTries; ++tries) {
    std::string path = (place / pattern).native();
    FileDescriptor file(mkostemps(path.data(), static_cast<int>(kBehindScratch.size()), O_CLOEXEC));
    if (!file) return std::unexpected(errno);
    if (take_lock(file)) return ScratchLock(path, std::move(file));
  }
  return std::unexpected(EEXIST);
}

ScratchLock::~ScratchLock() {
  if (!path_.empty()) unlink(path_.c_str());
}

fs::path ScratchLock::folder() const {
  return folder_of(path_);
}

int ScratchLock::note(const FileDescriptor& folder) const {
  struct stat facts{};
  if (fstat(folder.get(), &facts) != 0) return errno;
  const std::string line = name_folder(facts);
  const ssize_t written = pwrite(file_.get(), line.data(), line.size(), 0);
  if (written < 0) return errno;
  return written == static_cast<ssize_t>(line.size()) ? 0 : ENOSPC;
}

void remove_abandoned_folders(const fs::path& place) {
  const std::unique_ptr<DIR, CloseScratchPlace> listing(opendir(place.c_str()));
  if (!listing) return;
  std::vector<fs::path> locks;
  for (std::size_t seen = 0; seen < kMostScratchEntries; ++seen) {
    const dirent* entry = readdir(listing.get());
    if (!entry) break;
    if (is_lock_name(entry->d_name)) locks.push_back(place / entry->d_name);
  }
  for (const fs::path& lock : locks) remove_abandoned(lock);
}

}  // namespace chatspec
