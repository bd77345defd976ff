#include "harness/grade/intake/archive.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include "harness/cell/file_descriptor.h"
#include "harness/grade/intake/any_script.h"
#include "harness/grade/intake/entry_path.h"
#include "harness/grade/intake/litter.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// What is wrong, in a sentence without a full stop.
using Unpacked = std::expected<void, std::string>;

constexpr std::array<std::string_view, 12> kArchiveSuffixes{
    ".zip",  ".7z",  ".tar",    ".tar.gz", ".tgz",     ".tar.bz2",
    ".tbz2", ".tbz", ".tar.xz", ".txz",    ".tar.zst", ".tzst"};
constexpr std::size_t kBlockBytes = std::size_t{64} << 10;
constexpr mode_t kFileMode = 0666;
constexpr mode_t kProgramMode = 0777;

struct FreeArchive {
  void operator()(::archive* reader) const { archive_read_free(reader); }
};
using ArchiveReader = std::unique_ptr<::archive, FreeArchive>;

// What the library says. It may quote names.
std::string explain_archive(::archive* reader) {
  const char* const message = archive_error_string(reader);
  return message != nullptr ? chat::escape_bytes(message) : "it is damaged";
}

std::string explain_file(std::string_view path, std::string_view what) {
  return fmt::format("{}: {}: {}", chat::quote_start(path), what, std::strerror(errno));
}

// A path or a link's target, in UTF-8 where the archive says which characters it has.
std::string text_of(const char* utf8, const char* bytes) {
  return utf8 != nullptr ? utf8 : bytes != nullptr ? bytes : "";
}

// A link or a second name of a file, which is made when all files are there, so that nothing is
// ever written through it.
struct DeferredName {
  std::string path;
  std::string target;
  bool is_symbolic;
};

class Unpacker {
 public:
  Unpacker(const fs::path& into, const TreeLimits& limits) : into_(into), limits_(limits) {}

  Unpacked take(::archive* reader, ::archive_entry* entry) {
    if (archive_entry_is_encrypted(entry) != 0) return std::unexpected("it is encrypted");
    if (++entries_ > limits_.entries)
      return std::unexpected(fmt::format("it holds more than {} entries", limits_.entries));
    const std::string name =
        text_of(archive_entry_pathname_utf8(entry), archive_entry_pathname(entry));
    if (name.empty()) return std::unexpected("a name in it cannot be read");
    const auto parts = parse_entry_path(name);
    if (!parts) return std::unexpected(parts.error());
    if (parts->empty() || std::ranges::any_of(*parts, is_litter)) return {};
    if (parts->size() > static_cast<std::size_t>(limits_.depth))
      return std::unexpected(fmt::format("its folders lie more than {} deep", limits_.depth));
    return take_entry(reader, entry, *parts);
  }

  Unpacked finish() {
    for (const DeferredName& name : deferred_) {
      if (Unpacked made = make_name(name); !made) return made;
    }
    return {};
  }

 private:
  Unpacked take_entry(::archive* reader, ::archive_entry* entry,
                      const std::vector<std::string>& parts) {
    const std::string path = fmt::format("{}", fmt::join(parts, "/"));
    const auto kind = archive_entry_filetype(entry);
    if (kind == AE_IFDIR) return make_folders(parts, parts.size());
    if (Unpacked made = make_folders(parts, parts.size() - 1); !made) return made;
    if (archive_entry_hardlink(entry) != nullptr || archive_entry_hardlink_utf8(entry) != nullptr)
      return defer(path, text_of(archive_entry_hardlink_utf8(entry), archive_entry_hardlink(entry)),
                   false);
    if (kind == AE_IFLNK) {
      const std::string target =
          text_of(archive_entry_symlink_utf8(entry), archive_entry_symlink(entry));
      if (target.empty() || leads_out(target, static_cast<int>(parts.size()) - 1))
        return std::unexpected(fmt::format("{} is a link that leads out of it, to {}",
                                           chat::quote_start(path), chat::quote_start(target)));
      return defer(path, target, true);
    }
    if (kind != AE_IFREG)
      return std::unexpected(
          fmt::format("{} is a device, or something like it", chat::quote_start(path)));
    return write_file(reader, entry, path);
  }

  Unpacked make_folders(const std::vector<std::string>& parts, std::size_t count) const {
    fs::path folder = into_;
    for (std::size_t i = 0; i < count; ++i) {
      folder /= parts[i];
      struct stat status{};
      if (mkdir(folder.c_str(), kProgramMode) == 0 ||
          (errno == EEXIST && lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode)))
        continue;
      return std::unexpected(
          explain_file(folder.lexically_relative(into_).string(), "cannot make this folder"));
    }
    return {};
  }

  Unpacked defer(std::string path, std::string target, bool is_symbolic) {
    deferred_.push_back({std::move(path), std::move(target), is_symbolic});
    return {};
  }

  // No link lies in the folder yet, so that no path leads elsewhere.
  Unpacked write_file(::archive* reader, ::archive_entry* entry, const std::string& path) {
    const fs::path place = into_ / path;
    // Of one that is there twice the later counts, as it does for tar.
    unlink(place.c_str());
    const FileDescriptor file(
        open(place.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file) return std::unexpected(explain_file(path, "cannot write it"));
    if (Unpacked written = write_bytes(reader, file, path); !written) return written;
    const bool runs = (archive_entry_perm(entry) & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0;
    const timespec time{.tv_sec = archive_entry_mtime(entry),
                        .tv_nsec = archive_entry_mtime_nsec(entry)};
    const std::array times{time, time};
    if (fchmod(file.get(), runs ? kProgramMode : kFileMode) != 0)
      return std::unexpected(explain_file(path, "cannot write it"));
    // One that the file system cannot hold stays as it is.
    if (archive_entry_mtime_is_set(entry) != 0) futimens(file.get(), times.data());
    return {};
  }

  Unpacked write_bytes(::archive* reader, const FileDescriptor& file, const std::string& path) {
    std::vector<char> block(kBlockBytes);
    while (true) {
      const la_ssize_t size = archive_read_data(reader, block.data(), block.size());
      if (size == 0) return {};
      if (size == ARCHIVE_RETRY) continue;
      if (size < 0) return std::unexpected(explain_archive(reader));
      bytes_ += static_cast<std::uint64_t>(size);
      if (bytes_ > limits_.bytes)
        return std::unexpected(fmt::format("it holds more than {} MiB", limits_.bytes >> 20U));
      if (!write_all(file, {block.data(), static_cast<std::size_t>(size)}))
        return std::unexpected(explain_file(path, "cannot write it"));
    }
  }

  Unpacked make_name(const DeferredName& name) const {
    const fs::path place = into_ / name.path;
    if (name.is_symbolic) {
      if (symlink(name.target.c_str(), place.c_str()) == 0) return {};
      return std::unexpected(explain_file(name.path, "cannot make this link"));
    }
    const auto parts = parse_entry_path(name.target);
    if (!parts) return std::unexpected(parts.error());
    const fs::path target = into_ / fmt::format("{}", fmt::join(*parts, "/"));
    // Neither it nor a folder above it may be one of the links that were just made.
    std::error_code failure;
    if (fs::weakly_canonical(target, failure) != target || failure ||
        link(target.c_str(), place.c_str()) != 0)
      return std::unexpected(fmt::format("{} stands for {}, which is no file of it",
                                         chat::quote_start(name.path),
                                         chat::quote_start(name.target)));
    return {};
  }

  fs::path into_;
  TreeLimits limits_;
  std::uint64_t entries_ = 0;
  std::uint64_t bytes_ = 0;
  std::vector<DeferredName> deferred_{};
};

ArchiveReader make_reader() {
  ArchiveReader reader(archive_read_new());
  archive_read_support_format_zip(reader.get());
  archive_read_support_format_7zip(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_filter_bzip2(reader.get());
  archive_read_support_filter_xz(reader.get());
  archive_read_support_filter_zstd(reader.get());
  return reader;
}

}  // namespace

std::optional<std::string_view> strip_archive_suffix(std::string_view name) {
  for (const std::string_view suffix : kArchiveSuffixes) {
    if (name.size() <= suffix.size()) continue;
    const std::string_view end = name.substr(name.size() - suffix.size());
    const bool fits = std::ranges::equal(end, suffix, [](char c, char lower) {
      return (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) == lower;
    });
    if (fits) return name.substr(0, name.size() - suffix.size());
  }
  return std::nullopt;
}

std::expected<void, std::string> unpack_archive(const fs::path& archive, const fs::path& into,
                                                const TreeLimits& limits) {
  std::error_code failure;
  const fs::path folder = fs::canonical(into, failure);
  if (failure)
    return std::unexpected(fmt::format("no folder to unpack it into: {}", failure.message()));
  // Not what a FIFO of that name may bring, nor what a link leads to.
  const FileDescriptor file(open(archive.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status{};
  if (!file || fstat(file.get(), &status) != 0)
    return std::unexpected(fmt::format("cannot read it: {}", std::strerror(errno)));
  if (!S_ISREG(status.st_mode)) return std::unexpected("it is no file");
  const AnyScript names;
  const ArchiveReader reader = make_reader();
  if (archive_read_open_fd(reader.get(), file.get(), kBlockBytes) != ARCHIVE_OK)
    return std::unexpected(explain_archive(reader.get()));
  Unpacker unpacker(folder, limits);
  while (true) {
    ::archive_entry* entry = nullptr;
    const int outcome = archive_read_next_header(reader.get(), &entry);
    if (outcome == ARCHIVE_EOF) return unpacker.finish();
    if (outcome == ARCHIVE_RETRY) continue;
    // A warning is about names in characters that this machine's locale does not have, for example.
    if (outcome != ARCHIVE_OK && outcome != ARCHIVE_WARN)
      return std::unexpected(explain_archive(reader.get()));
    if (auto taken = unpacker.take(reader.get(), entry); !taken) return taken;
  }
}

}  // namespace chatspec
