#include "harness/cli/suite_location.h"

#include <array>
#include <cstdio>
#include <system_error>

#include <fmt/format.h>

#include "harness/cli/commands.h"

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

std::optional<Wanted> resolve_wanted(const std::vector<std::string>& words,
                                     const std::string& suite_folder) {
  Wanted wanted;
  for (const std::string& word : words) {
    if (is_path(word)) {
      wanted.paths.emplace_back(word);
    } else {
      wanted.names.push_back(word);
    }
  }
  if (!wanted.paths.empty() && wanted.names.empty()) return wanted;
  if (!suite_folder.empty()) {
    wanted.paths.emplace_back(suite_folder);
  } else if (const auto own = find_own_suite()) {
    wanted.paths.push_back(*own);
  } else {
    complain(
        "the suite that belongs to this program is not where it should be; name one with --suite "
        "FOLDER");
    return std::nullopt;
  }
  return wanted;
}

std::optional<Suite> load_wanted(const Wanted& wanted) {
  Suite suite = load_suite(wanted.paths);
  if (suite.problems.empty()) return suite;
  fmt::print(stderr, "{}", suite.problems);
  return std::nullopt;
}

}  // namespace chatspec
