#include "harness/cli/options/suite_location.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "harness/report/text/clean_text.h"
#include "harness/scenario/source.h"
#include "harness/suite/source_file.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

bool is_path(const std::string& word) {
  std::error_code failure;
  return word.ends_with(kScenarioExtension) || word.starts_with('.') || word.starts_with('/') ||
         word == "-" || fs::exists(word, failure);
}

// `-` is standard input.
fs::path path_of(const std::string& word) {
  return word == "-" ? kStandardInput : word;
}

enum class SuitePart { kNone, kChapter, kScenario };

// Whether a word, though there is such a file or folder here, is the name of a chapter or of a
// scenario. One that can only be a path is not.
SuitePart find_part_of_suite(const std::string& word, const fs::path& suite) {
  if (word.ends_with(kScenarioExtension) || word.ends_with('/') || word.starts_with('.') ||
      word.starts_with('/') || suite.empty()) {
    return SuitePart::kNone;
  }
  std::error_code failure;
  if (fs::exists(suite / (word + std::string(kScenarioExtension)), failure))
    return SuitePart::kScenario;
  const bool is_chapter = std::ranges::any_of(
      fs::directory_iterator(suite / word, failure), [](const fs::directory_entry& entry) {
        return entry.path().extension() == kScenarioExtension;
      });
  return is_chapter ? SuitePart::kChapter : SuitePart::kNone;
}

// The same, and tells of it.
bool is_part_of_suite(const std::string& word, const fs::path& suite, Console& console) {
  const SuitePart part = find_part_of_suite(word, suite);
  std::error_code failure;
  if (part != SuitePart::kNone && !fs::equivalent(word, suite / word, failure)) {
    console.complain(fmt::format("{0} is taken for the {1} of the suite; what lies here is ./{0}",
                                 chat::escape_bytes(word),
                                 part == SuitePart::kChapter ? "chapter" : "scenario"));
  }
  return part != SuitePart::kNone;
}

// The id of the scenario that a word names, by itself or by one of its rows: `chapter/name[row]`.
std::string_view id_within(std::string_view word) {
  return word.substr(0, word.find('['));
}

bool is_name_among(std::string_view word, const std::vector<ScenarioFile>& files) {
  return std::ranges::count(files, id_within(word), &ScenarioFile::id) > 0;
}

// The files of one's own that earlier runs played, and that the suite has not: those that names
// mean, or, where there is no name, all.
std::vector<fs::path> find_played_then(const std::vector<std::string>& words,
                                       const std::vector<std::string>& names,
                                       const fs::path& suite) {
  std::vector<fs::path> there;
  std::error_code failure;
  for (const std::string& word : words) {
    const bool is_own = word != "-" && fs::exists(word, failure) &&
                        find_part_of_suite(word, suite) == SuitePart::kNone;
    // Nobody's log has us read a whole machine.
    if (is_own && fs::weakly_canonical(word, failure) != "/") there.emplace_back(word);
  }
  std::vector<fs::path> meant;
  for (const ScenarioFile& file : read_suite(there).files) {
    const bool is_named = names.empty() || std::ranges::count(names, file.id, id_within) > 0;
    const bool is_of_suite =
        !suite.empty() && fs::exists(suite / (file.id + std::string(kScenarioExtension)), failure);
    if (is_named && !is_of_suite) meant.push_back(file.path);
  }
  return meant;
}

bool is_below(const fs::path& path, const fs::path& folder) {
  return std::ranges::mismatch(folder, path).in1 == folder.end();
}

// Whether one of the words is a row of the file's table, so that not all of it is meant.
bool names_a_row(const std::vector<std::string>& words, const ScenarioFile& file) {
  return std::ranges::any_of(
      words, [&](const std::string& word) { return word.starts_with(file.id + "["); });
}

std::nullopt_t complain_of_no_suite(Console& console) {
  console.complain(
      "the suite that belongs to this program is not where it should be; name one with --suite "
      "FOLDER");
  return std::nullopt;
}

// Shows what is wrong, or may be.
bool is_usable(const Suite& suite, Console& console) {
  console.warn(without_controls(suite.problems));
  console.warn(without_controls(suite.warnings));
  return suite.problems.empty();
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
    if (is_path(word)) paths.push_back(path_of(word));
  }
  return paths;
}

std::optional<WantedSuite> load_wanted(const std::vector<std::string>& words,
                                       const std::string& suite_folder, Console& console,
                                       const WantedBesides& besides) {
  const auto own = suite_folder.empty() ? find_own_suite() : std::optional<fs::path>(suite_folder);
  const fs::path library = own.value_or(fs::path());
  WantedSuite wanted;
  std::vector<fs::path> paths;
  for (const std::string& word : words) {
    if (is_path(word) && !is_part_of_suite(word, library, console)) {
      paths.push_back(path_of(word));
    } else {
      wanted.names.push_back(word);
    }
  }
  const bool has_paths = !paths.empty();
  for (const fs::path& path : find_played_then(besides.played_then, wanted.names, library))
    paths.push_back(path);
  Suite named = read_suite(std::exchange(paths, {}));
  const bool wants_suite = !has_paths || !std::ranges::all_of(wanted.names, [&](const auto& name) {
    return is_name_among(name, named.files);
  });
  if (wants_suite && !own) return complain_of_no_suite(console);
  if (!wanted.names.empty()) {  // what the paths name is wanted, too
    for (const ScenarioFile& file : named.files) {
      if (!names_a_row(wanted.names, file)) wanted.names.push_back(file.id);
    }
  }
  if (besides.needed_too) {
    for (const fs::path& path : find_needed(named, library)) {
      if (words.empty() && is_below(path, library)) continue;  // all of the suite is wanted
      wanted.needed.insert(scenario_id(path));
      paths.push_back(path);
    }
  }
  if (wants_suite) paths.push_back(*own);
  wanted.suite = load_suite(paths, library, std::move(named));
  if (!is_usable(wanted.suite, console)) return std::nullopt;
  return wanted;
}

std::optional<Suite> read_paths(const std::vector<std::string>& words, Console& console) {
  for (const std::string& word : words) {
    if (is_path(word)) continue;
    console.complain(fmt::format("{}: there is no such file or folder", chat::escape_bytes(word)));
    return std::nullopt;
  }
  const auto own = find_own_suite();
  if (words.empty() && !own) return complain_of_no_suite(console);
  Suite suite =
      load_suite(words.empty() ? std::vector{*own} : paths_among(words), own.value_or(fs::path()));
  is_usable(suite, console);
  return suite;
}

std::optional<Suite> load_paths(const std::vector<std::string>& words, Console& console) {
  auto suite = read_paths(words, console);
  return suite && suite->problems.empty() ? std::move(suite) : std::nullopt;
}

}  // namespace chatspec
