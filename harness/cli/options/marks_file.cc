#include "harness/cli/options/marks_file.h"

#include <filesystem>

#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// A thousand submissions that fail at a thousand cases each have less.
constexpr std::size_t kMostBytesOfMarks = std::size_t{256} << 20;

std::expected<ClassMarks, std::string> read_marks_file(const std::string& path) {
  const auto text = read_whole_file(path, kMostBytesOfMarks);
  if (!text) return std::unexpected(text.error());
  auto marks = read_class_marks(*text);
  if (!marks) return std::unexpected(fmt::format("{}: {}", path, marks.error()));
  return marks;
}

}  // namespace

std::expected<ClassMarks, std::string> read_marks(const std::string& folder_or_file) {
  std::error_code failure;
  if (!fs::is_directory(folder_or_file, failure)) return read_marks_file(folder_or_file);
  const fs::path file = fs::path(folder_or_file) / GradingFolder::kMarks;
  if (!fs::exists(file, failure))
    return std::unexpected(fmt::format(
        "{}: expected a folder that `chatspec grade --out` made, and has written marks to",
        folder_or_file));
  return read_marks_file(file.string());
}

std::expected<std::optional<ClassMarks>, std::string> read_marks_left_in(
    const GradingFolder& folder) {
  std::error_code failure;
  if (!fs::exists(folder.marks(), failure)) return std::optional<ClassMarks>();
  auto marks = read_marks_file(folder.marks().string());
  if (!marks) return std::unexpected(marks.error());
  return *std::move(marks);
}

}  // namespace chatspec
