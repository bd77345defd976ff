#include "harness/grade/intake/tree_walk.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "harness/cell/file_descriptor.h"
#include "harness/grade/intake/litter.h"
#include "reference/program/whole_file.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

class TreeWalk {
 public:
  TreeWalk(const fs::path& top, TreeVisitor& visitor, const TreeLimits& limits)
      : top_(top), visitor_(visitor), limits_(limits) {}

  // Each gives whether to go on; else error_ says why not.
  bool add_folder(const fs::path& folder, int depth) {
    if (depth > limits_.depth)
      return fail(folder, fmt::format("its folders lie more than {} deep", limits_.depth));
    std::vector<fs::path> entries;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure); !failure && entry != fs::end(entry);
         entry.increment(failure)) {
      if (!is_litter(entry->path().filename().string())) entries.push_back(entry->path());
      if (entries.size() > limits_.entries) break;
    }
    if (failure) return fail(folder, "cannot read this folder: " + failure.message());
    entries_ += entries.size();
    if (entries_ > limits_.entries)
      return fail(folder, fmt::format("more than {} files and folders", limits_.entries));
    std::ranges::sort(entries);
    return std::ranges::all_of(entries,
                               [&](const fs::path& entry) { return add_entry(entry, depth); });
  }

  const std::string& error() const { return error_; }

 private:
  bool add_entry(const fs::path& entry, int depth) {
    struct stat status{};
    if (lstat(entry.c_str(), &status) != 0)
      return fail(entry, fmt::format("cannot look at it: {}", std::strerror(errno)));
    if (S_ISDIR(status.st_mode)) {
      visitor_.visit_folder(path_below(entry));
      return add_folder(entry, depth + 1);
    }
    if (S_ISLNK(status.st_mode)) {
      std::error_code failure;
      visitor_.visit_link(path_below(entry), fs::read_symlink(entry, failure).string());
      return true;
    }
    return !S_ISREG(status.st_mode) || add_file(entry);
  }

  bool add_file(const fs::path& path) {
    // It may have become something else, whose opening would wait.
    const FileDescriptor file(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status{};
    if (!file || fstat(file.get(), &status) != 0)
      return fail(path, fmt::format("cannot read it: {}", std::strerror(errno)));
    if (!S_ISREG(status.st_mode)) return fail(path, "it is being changed");
    const auto bytes = chat::read_whole(file.get(), limits_.bytes - bytes_);
    if (!bytes) return fail(path, bytes.error());
    bytes_ += bytes->size();
    visitor_.visit_file(path_below(path), *bytes,
                        (status.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0);
    return true;
  }

  std::string path_below(const fs::path& path) const {
    return path.lexically_relative(top_).string();
  }

  bool fail(const fs::path& path, std::string_view why) {
    error_ = fmt::format("{}: {}", chat::quote_start(path_below(path)), why);
    return false;
  }

  fs::path top_;
  TreeVisitor& visitor_;
  TreeLimits limits_;
  std::uint64_t entries_ = 0;
  std::uint64_t bytes_ = 0;
  std::string error_{};
};

}  // namespace

std::expected<void, std::string> walk_tree(const fs::path& folder, TreeVisitor& visitor,
                                           const TreeLimits& limits) {
  TreeWalk walk(folder, visitor, limits);
  if (!walk.add_folder(folder, 0)) return std::unexpected(walk.error());
  return {};
}

}  // namespace chatspec
