#include "harness/cli/options/program_files.h"

#include <algorithm>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "harness/cell/program/program.h"
#include "harness/play/interpreter.h"
#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxLookedAt = 2000;  // files, for a hint

// The names of the files that lie in a folder.
std::vector<std::string> list_files(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error);
       !error && entry != fs::directory_iterator() && names.size() < kMaxLookedAt;
       entry.increment(error)) {
    std::error_code unknown;
    if (entry->is_regular_file(unknown)) names.push_back(entry->path().filename());
  }
  return names;
}

// A file of that name anywhere below a folder, relative to it; "" where there is none.
std::string find_below(const fs::path& folder, const fs::path& name) {
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                         error);
  for (std::size_t i = 0; !error && entry != fs::recursive_directory_iterator() && i < kMaxLookedAt;
       entry.increment(error), ++i) {
    if (entry->path().filename() == name) return entry->path().lexically_relative(folder);
  }
  return {};
}

// "; did you mean X?", where a file lies near that was mistyped, or that lies elsewhere.
std::string hint_for_file(const fs::path& word, const fs::path& folder) {
  const std::vector<std::string> names = list_files((folder / word).parent_path());
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string_view near = chat::closest_name(word.filename().native(), views);
  std::string meant;
  if (!near.empty()) {
    meant = fs::path(word).replace_filename(near);
  } else if (word.is_relative()) {
    meant = find_below(folder, word.filename());
  }
  if (meant.empty()) return {};
  const bool needs_a_slash =
      word.native().starts_with("./") && meant.find('/') == std::string::npos;
  return fmt::format("; did you mean {}?", chat::quote((needs_a_slash ? "./" : "") + meant));
}

std::string missing(const fs::path& word, const fs::path& folder, const std::string& name) {
  return fmt::format("there is no such file{}{}", word.is_relative() ? " in " + name : "",
                     hint_for_file(word, folder));
}

}  // namespace

std::optional<std::string> find_unusable_file(const std::vector<std::string>& words,
                                              const fs::path& folder, const std::string& name) {
  std::error_code error;
  const std::string& program = words.front();
  if (program.find('/') != std::string::npos && program.find('{') == std::string::npos) {
    const bool there = fs::exists(folder / program, error);
    const auto obstacle = there ? find_obstacle_to_running(folder / program)
                                : std::optional(missing(program, folder, name));
    if (obstacle) return fmt::format("cannot run {}: {}", program, *obstacle);
  }
  const auto script = find_script_word(words);
  if (!script || fs::exists(folder / words[*script], error) || error) return std::nullopt;
  return fmt::format("{} is to run {}, but {}", fs::path(program).filename().native(),
                     chat::quote(words[*script]), missing(words[*script], folder, name));
}

}  // namespace chatspec
