#include "harness/cell/folders/tree_copy.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string_view>
#include <unistd.h>

#include <climits>
#include <fmt/format.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

#include "harness/cell/file_descriptor.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxTold = 5;  // of what is left out
constexpr mode_t kFileMode = 0666;
constexpr mode_t kProgramMode = 0777;
// Where a link may lead: to interpreters and libraries, as those of a virtual environment do.
constexpr std::array kProgramFolders{"bin", "gnu", "lib",  "lib32", "lib64",
                                     "nix", "opt", "sbin", "snap",  "usr"};

struct CloseListing {
  void operator()(DIR* folder) const { closedir(folder); }
};

// Why something that is neither file nor folder nor link is left out.
std::string_view kind_of(mode_t mode) {
  if (S_ISFIFO(mode)) return "it is a FIFO";
  if (S_ISSOCK(mode)) return "it is a socket";
  return "it is a device";
}

// Gives false where it fails or `most` is not enough; `copied` counts.
bool copy_bytes(int from, int to, std::uint64_t most, std::uint64_t& copied) {
  if (struct stat status{}; fstat(from, &status) == 0 &&
                            static_cast<std::uint64_t>(status.st_size) <= most &&
                            ioctl(to, FICLONE, from) == 0) {
    copied = static_cast<std::uint64_t>(status.st_size);
    return true;
  }
  constexpr std::uint64_t kAtOnce = std::uint64_t{64} << 20;
  while (copied <= most) {
    const ssize_t n = sendfile(to, from, nullptr, std::min(kAtOnce, most - copied + 1));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return n == 0;
    copied += static_cast<std::uint64_t>(n);
  }
  errno = EFBIG;
  return false;
}

class TreeCopier {
 public:
  TreeCopier(const TreeLimits& limits, std::vector<FileIdentity> unwanted)
      : limits_(limits), unwanted_(std::move(unwanted)) {}

  // Each gives whether to go on; else error_ says why not.
  bool copy_folder(int from, int to, const std::string& path, int depth) {
    const int listed = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, CloseListing> listing(listed < 0 ? nullptr : fdopendir(listed));
    if (!listing) return fail(path, "cannot read this folder", errno);
    while (const dirent* entry = readdir(listing.get())) {
      const std::string name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (!copy_entry(from, to, name, path.empty() ? name : path + "/" + name, depth)) return false;
    }
    return true;
  }

  CopiedTree& copied() { return copied_; }
  std::string& error() { return error_; }

 private:
  bool copy_entry(int from, int to, const std::string& name, const std::string& path, int depth) {
    struct stat status{};
    if (fstatat(from, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      return errno == ENOENT || fail(path, "cannot look at it", errno);  // gone meanwhile
    }
    if (std::ranges::count(unwanted_, FileIdentity{status.st_dev, status.st_ino}) > 0) return true;
    if (++copied_.entries > limits_.entries) {
      return fail_whole(fmt::format("more than {} files and folders lie in it", limits_.entries));
    }
    if (S_ISDIR(status.st_mode)) return enter_folder(from, to, name, path, depth);
    if (S_ISREG(status.st_mode)) return copy_file(from, to, name, path);
    if (S_ISLNK(status.st_mode)) return copy_link(from, to, name, path, depth);
    leave_out(path, std::string(kind_of(status.st_mode)));
    return true;
  }

  bool enter_folder(int from, int to, const std::string& name, const std::string& path, int depth) {
    if (depth == limits_.depth) {
      return fail_whole(fmt::format("its folders lie more than {} deep", limits_.depth));
    }
    const FileDescriptor source(
        openat(from, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!source) return fail(path, "cannot read this folder", errno);
    if (mkdirat(to, name.c_str(), 0700) != 0) return fail(path, "cannot copy it", errno);
    const FileDescriptor target(
        openat(to, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!target || fchmod(target.get(), kProgramMode) != 0) {
      return fail(path, "cannot copy it", errno);
    }
    return copy_folder(source.get(), target.get(), path, depth + 1);
  }

  bool copy_file(int from, int to, const std::string& name, const std::string& path) {
    // It may have become something else, whose opening would wait.
    const FileDescriptor source(
        openat(from, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status{};
    if (!source || fstat(source.get(), &status) != 0) return fail(path, "cannot read it", errno);
    if (!S_ISREG(status.st_mode)) return fail(path, "it is being changed", 0);
    const FileDescriptor target(
        openat(to, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!target) return fail(path, "cannot copy it", errno);
    std::uint64_t bytes = 0;
    if (!copy_bytes(source.get(), target.get(), limits_.bytes - copied_.bytes, bytes)) {
      if (errno != EFBIG) return fail(path, "cannot copy it", errno);
      return fail_whole(fmt::format("it holds more than {} MiB", limits_.bytes >> 20));
    }
    copied_.bytes += bytes;
    const bool runs = (status.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0;
    const timespec times[] = {status.st_atim, status.st_mtim};
    if (fchmod(target.get(), runs ? kProgramMode : kFileMode) != 0 ||
        futimens(target.get(), times) != 0) {
      return fail(path, "cannot copy it", errno);
    }
    return true;
  }

  bool copy_link(int from, int to, const std::string& name, const std::string& path, int depth) {
    std::array<char, PATH_MAX> buffer{};
    const ssize_t size = readlinkat(from, name.c_str(), buffer.data(), buffer.size());
    if (size < 0) return fail(path, "cannot read it", errno);
    const std::string target(buffer.data(), static_cast<std::size_t>(size));
    if (leads_out(target, depth)) {
      leave_out(path, "it is a link that leads out of the folder, to " + target);
      return true;
    }
    return symlinkat(target.c_str(), to, name.c_str()) == 0 || fail(path, "cannot copy it", errno);
  }

  void leave_out(const std::string& path, std::string why) {
    if (++copied_.left_out_count <= kMaxTold) copied_.left_out.push_back({path, std::move(why)});
  }

  bool fail(const std::string& path, std::string_view what, int error) {
    error_ = fmt::format("{}: {}{}{}", path.empty() ? "." : path, what, error == 0 ? "" : ": ",
                         error == 0 ? "" : std::strerror(error));
    return false;
  }
  bool fail_whole(std::string what) {
    error_ = std::move(what);
    return false;
  }

  const TreeLimits& limits_;
  std::vector<FileIdentity> unwanted_;
  CopiedTree copied_;
  std::string error_;
};

}  // namespace

std::expected<CopiedTree, std::string> copy_tree(int from, int to, const TreeLimits& limits,
                                                 const std::vector<FileIdentity>& unwanted) {
  std::vector<FileIdentity> all = unwanted;
  if (struct stat status{}; fstat(to, &status) == 0) all.push_back({status.st_dev, status.st_ino});
  TreeCopier copier(limits, std::move(all));
  if (!copier.copy_folder(from, to, "", 0)) return std::unexpected(std::move(copier.error()));
  return std::move(copier.copied());
}

std::string describe_left_out(const CopiedTree& copied) {
  std::string text;
  for (const LeftOut& one : copied.left_out) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", chat::escape_bytes(one.path),
                        chat::escape_bytes(one.why));
  }
  const std::uint64_t more = copied.left_out_count - copied.left_out.size();
  return more == 0 ? text : fmt::format("{} and {} more", text, more);
}

// Only at its beginning does ".." surely mean the folder above: after a name, which may be that of
// another link, it is not known where it leads.
bool leads_out(const fs::path& target, int depth) {
  auto part = target.begin();
  if (target.is_absolute()) {
    ++part;
    if (part == target.end() || std::ranges::count(kProgramFolders, part->native()) == 0) {
      return true;
    }
  } else {
    for (; part != target.end() && (*part == ".." || *part == "."); ++part) {
      if (*part == ".." && --depth < 0) return true;
    }
  }
  return std::find(part, target.end(), "..") != target.end();
}

}  // namespace chatspec
