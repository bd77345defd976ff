// What is replaced must be known as ours: the index of an earlier export lists its files. An export
// that was killed leaves the folder kUnfinished, and may have put some of its files in place; the
// index in there lists these, and the next export removes them.

#include "harness/cli/suite/vector_folder.h"

#include <algorithm>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnfinished = ".chatspec-vectors-unfinished";
constexpr std::size_t kMaxIndexBytes = std::size_t{64} << 20;

std::unexpected<std::string> trouble(const fs::path& path, std::string_view what,
                                     const std::error_code& reason) {
  return std::unexpected(
      fmt::format("{}: {}: {}", chat::escape_bytes(path.string()), what, reason.message()));
}

std::unexpected<std::string> refusal(const fs::path& folder, std::string_view why) {
  return std::unexpected(
      fmt::format("{}: left as it is, because {}: name a folder that is new, empty or an earlier "
                  "export",
                  chat::escape_bytes(folder.string()), why));
}

// What the folder's index says that an export has written; nothing where there is none.
std::set<std::string> files_of_export(const fs::path& folder) {
  std::error_code failure;
  const fs::path index = folder / kVectorIndex;
  if (!fs::is_regular_file(fs::symlink_status(index, failure))) return {};
  const auto text = read_whole_file(index.string(), kMaxIndexBytes);
  return text ? list_exported(*text) : std::set<std::string>();
}

std::expected<void, std::string> write_unfinished(const fs::path& folder,
                                                  const VectorFiles& files) {
  std::error_code failure;
  fs::remove_all(folder, failure);
  if (!failure) fs::create_directory(folder, failure);
  if (failure) return trouble(folder, "cannot make this folder", failure);
  for (const auto& [name, content] : files.contents) {
    if (auto written = write_whole_file((folder / name).string(), content); !written)
      return written;
  }
  return {};
}

// Until the index is in place, that of the former export tells by its digests that they are not its
// files.
std::expected<void, std::string> put_in_place(const fs::path& folder, const VectorFiles& files,
                                              const std::set<std::string>& former) {
  std::error_code failure;
  const auto move = [&](const std::string& name) {
    fs::rename(folder / kUnfinished / name, folder / name, failure);
    return !failure;
  };
  for (const auto& [name, content] : files.contents) {
    if (name != kVectorIndex && !move(name))
      return trouble(folder / name, "cannot replace it", failure);
  }
  for (const std::string& name : former) {
    if (!files.contents.contains(name)) fs::remove(folder / name, failure);
    if (failure) return trouble(folder / name, "cannot remove it", failure);
  }
  if (!move(std::string(kVectorIndex)))
    return trouble(folder / kVectorIndex, "cannot replace it", failure);
  fs::remove(folder / kUnfinished, failure);
  return {};
}

}  // namespace

std::expected<std::set<std::string>, std::string> find_former_export(const fs::path& folder) {
  std::error_code failure;
  const fs::file_status status = fs::status(folder, failure);
  if (!fs::exists(status)) return std::set<std::string>();
  if (!fs::is_directory(status)) return refusal(folder, "it is no folder");
  const std::set<std::string> finished = files_of_export(folder);
  std::set<std::string> own = files_of_export(folder / kUnfinished);
  own.insert(finished.begin(), finished.end());
  std::set<std::string> found;
  fs::directory_iterator entries(folder, failure);
  for (; !failure && entries != fs::directory_iterator(); entries.increment(failure)) {
    const std::string name = entries->path().filename().string();
    if (name == kUnfinished) continue;
    std::error_code unreadable;
    const bool is_file = fs::is_regular_file(entries->symlink_status(unreadable));
    if (!own.contains(name) || !is_file) {
      return refusal(folder,
                     fmt::format("{} in it is not of an earlier export", chat::quote(name)));
    }
    found.insert(name);
  }
  if (failure) return trouble(folder, "cannot read it", failure);
  return found;
}

std::expected<void, std::string> write_vector_folder(const fs::path& folder,
                                                     const std::set<std::string>& former,
                                                     const VectorFiles& files) {
  std::error_code failure;
  const bool is_new = fs::create_directories(folder, failure);
  if (failure) return trouble(folder, "cannot make this folder", failure);
  auto written = write_unfinished(folder / kUnfinished, files);
  if (written) return put_in_place(folder, files, former);
  fs::remove_all(folder / kUnfinished, failure);
  if (is_new) fs::remove(folder, failure);
  return written;
}

}  // namespace chatspec
