#include "harness/grade/workers/grading_folder.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <sys/file.h>

#include "harness/cell/folders/remove_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

std::unexpected<std::string> explain_errno(const fs::path& path, std::string_view what) {
  return std::unexpected(fmt::format("{}: {}: {}", path.string(), what, std::strerror(errno)));
}

bool sync(const FileDescriptor& file) {
  return fsync(file.get()) == 0 || errno == EINVAL;
}

}  // namespace

std::expected<GradingFolder, std::string> GradingFolder::take(const fs::path& path, bool resumes) {
  std::error_code failure;
  fs::create_directories(path, failure);
  if (failure)
    return std::unexpected(
        fmt::format("{}: cannot make this folder: {}", path.string(), failure.message()));
  FileDescriptor lock(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!lock) return explain_errno(path, "cannot open this folder");
  if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
    return std::unexpected(
        fmt::format("{}: another chatspec is grading in this folder", path.string()));
  const bool has_grading = fs::exists(path / kJournal, failure);
  if (resumes && !has_grading)
    return std::unexpected(fmt::format(
        "{}: there is no grading to go on with; without --resume one is begun", path.string()));
  if (!resumes && has_grading)
    return std::unexpected(fmt::format(
        "{}: there is a grading in it; --resume goes on with it, and plays what has changed",
        path.string()));
  if (!has_grading && !fs::is_empty(path, failure))
    return std::unexpected(
        fmt::format("{}: expected an empty folder, or none, to write results to", path.string()));
  GradingFolder folder(fs::canonical(path, failure), std::move(lock));
  if (fs::exists(folder.unpacked(), failure) && !remove_folder(folder.unpacked()))
    return explain_errno(folder.unpacked(), "cannot remove this folder");
  for (const fs::path& inner :
       {folder.path_ / "students", folder.path_ / kLogs, folder.unpacked()}) {
    fs::create_directories(inner, failure);
    if (failure)
      return std::unexpected(
          fmt::format("{}: cannot make this folder: {}", inner.string(), failure.message()));
  }
  return folder;
}

fs::path GradingFolder::student_page(std::string_view id) const {
  return path_ / "students" / fmt::format("{}.html", id);
}

fs::path GradingFolder::student_text(std::string_view id) const {
  return path_ / "students" / fmt::format("{}.txt", id);
}

fs::path GradingFolder::log(std::string_view name) const {
  return path_ / kLogs / fmt::format("{}.jsonl", name);
}

std::string_view submission_of_log(std::string_view name) {
  if (name.ends_with(kAgain)) name.remove_suffix(kAgain.size());
  return name.substr(0, name.rfind('.'));
}

std::expected<void, std::string> replace_file(const fs::path& path, std::string_view bytes,
                                              Durability durability) {
  const fs::path fresh = path.string() + ".new";
  {
    const FileDescriptor file(
        ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (!file || !write_all(file, bytes) || (durability == Durability::kToBeKept && !sync(file)))
      return explain_errno(path, "cannot write it");
  }
  if (rename(fresh.c_str(), path.c_str()) != 0) return explain_errno(path, "cannot write it");
  return {};
}

std::expected<void, std::string> sync_file(const fs::path& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file || !sync(file)) return explain_errno(path, "cannot write it to the disk");
  return {};
}

}  // namespace chatspec
