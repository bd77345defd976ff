#include "harness/cell/program/program.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/cell/file_descriptor.h"
#include "harness/cell/program/program_format.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

std::unexpected<CellFailure> not_started(std::string message) {
  return std::unexpected(
      CellFailure{.kind = CellFailure::Kind::kNotStarted, .message = std::move(message)});
}

std::string absolute_path(const fs::path& file) {
  std::error_code error;
  const fs::path result = fs::absolute(file, error);
  return error ? file.native() : result.native();
}

// Nothing where it cannot be read, which whoever runs it need not be able to, or not at once.
std::optional<std::string> read_beginning(const fs::path& file) {
  const FileDescriptor opened(open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!opened) return std::nullopt;
  std::string beginning(kFormatBytes, '\0');
  const ssize_t size = read(opened.get(), beginning.data(), beginning.size());
  if (size < 0) return std::nullopt;
  beginning.resize(static_cast<std::size_t>(size));
  return beginning;
}

}  // namespace

std::optional<std::string> find_obstacle_to_running(const fs::path& file) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found) return "there is no such file";
  if (error) return error.message();
  if (fs::is_directory(status)) return "it is a folder";
  if (!fs::is_regular_file(status)) return "it is not a file";
  if (access(file.c_str(), X_OK) != 0) return "it is not executable (chmod +x?)";
  const auto beginning = read_beginning(file);
  const auto obstacle = beginning ? find_format_obstacle(*beginning) : std::nullopt;
  return obstacle && runs_other_formats() ? std::nullopt : obstacle;
}

std::expected<std::string, CellFailure> find_program(std::string_view name, std::string_view path) {
  if (name.empty()) return not_started("no program was given");
  if (name.find('/') != name.npos) {
    const auto problem = find_obstacle_to_running(name);
    if (problem) return not_started(fmt::format("cannot run {}: {}", name, *problem));
    return absolute_path(name);
  }
  std::string nearly;
  while (true) {
    const auto colon = path.find(':');
    const auto folder = path.substr(0, colon);
    const fs::path candidate = fs::path(folder.empty() ? "." : folder) / name;
    const auto problem = find_obstacle_to_running(candidate);
    if (!problem) return absolute_path(candidate);
    std::error_code error;
    if (nearly.empty() && fs::exists(candidate, error)) {
      nearly = fmt::format("cannot run {}: {}", candidate.native(), *problem);
    }
    if (colon == path.npos) break;
    path.remove_prefix(colon + 1);
  }
  if (!nearly.empty()) return not_started(nearly);
  std::string hint;
  std::error_code error;
  if (fs::exists(name, error)) {
    hint = fmt::format("; the one in this folder is ./{}", name);
  } else if (name.contains('=')) {
    hint = "; a variable is set by env NAME=VALUE in front of the program";
  }
  return not_started(fmt::format("cannot run {}: no folder of PATH has it{}", name, hint));
}

std::string explain_not_run(const std::string& program, int error) {
  switch (error) {
    case ENOEXEC:
      return fmt::format("cannot run {}: {}", program, kNoProgram);
    case ENOENT:
      return fmt::format(
          "cannot run {}: the interpreter that its first line names, or its loader, is missing",
          program);
    default:
      return fmt::format("cannot run {}: {}", program, std::strerror(error));
  }
}

}  // namespace chatspec
