#include "harness/cli/suite_location.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "harness/cli/output.h"
#include "harness/report/printable.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

bool is_path(const std::string& word) {
  std::error_code failure;
  return word.ends_with(kScenarioExtension) || word.starts_with('.') || word.starts_with('/') ||
         fs::exists(word, failure);
}

}  // namespace

std::optional<fs::path> find_own_suite() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  if (failure) return std::nullopt;
  const fs::path bin = program.parent_path();
  for (const fs::path& candidate :
       {bin / "../share/chatspec/scenarios", bin / "../../scenarios", bin / "../../../scenarios"}) {
    if (fs::is_directory(candidate / "handshake", failure))
      return fs::weakly_canonical(candidate, failure);
  }
  return std::nullopt;
}

std::vector<fs::path> paths_among(const std::vector<std::string>& words) {
  std::vector<fs::path> paths;
  for (const std::string& word : words) {
    if (is_path(word)) paths.emplace_back(word);
  }
  return paths;
}

std::optional<WantedSuite> load_wanted(const std::vector<std::string>& words,
                                       const std::string& suite_folder) {
  std::vector<fs::path> paths = paths_among(words);
  WantedSuite wanted;
  std::ranges::copy_if(words, std::back_inserter(wanted.names),
                       [](const std::string& word) { return !is_path(word); });
  const bool names_only_some = !wanted.names.empty();
  if (names_only_some && !paths.empty()) {  // all that the paths name is wanted, too
    for (const ScenarioFile& file : load_suite(paths).files) wanted.names.push_back(file.id);
  }
  if (names_only_some || paths.empty()) {
    const auto own =
        suite_folder.empty() ? find_own_suite() : std::optional<fs::path>(suite_folder);
    if (!own) {
      complain(
          "the suite that belongs to this program is not where it should be; name one with --suite "
          "FOLDER");
      return std::nullopt;
    }
    paths.push_back(*own);
  }
  wanted.suite = load_suite(paths);
  if (wanted.suite.problems.empty()) return wanted;
  warn(without_controls(wanted.suite.problems));
  return std::nullopt;
}

}  // namespace chatspec
