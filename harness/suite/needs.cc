#include "harness/suite/needs.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/hint.h"
#include "harness/scenario/source.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// Follows what scenarios need, in depth. A need that leads back to one of those on the way closes a
// circle, which could never begin.
class CircleFinder {
 public:
  explicit CircleFinder(const std::vector<ScenarioFile>& files) {
    for (const ScenarioFile& file : files) files_.emplace(file.id, &file);
  }

  // Each circle once, at the need that closes it.
  std::vector<FileDiagnostics> find() {
    for (const auto& [id, file] : files_) follow(*file);
    return std::move(found_);
  }

 private:
  void follow(const ScenarioFile& file) {
    const Needs* needs = file.scenario.find<Needs>();
    if (!followed_.insert(file.id).second || !needs) return;
    way_.push_back(file.id);
    for (const Name& need : needs->scenarios) {
      const auto begin = std::ranges::find(way_, need.text);
      const auto next = files_.find(need.text);
      if (begin != way_.end()) {
        if (need.text != file.id) tell(file, need, {begin, way_.end()});  // else it is told already
      } else if (next != files_.end()) {
        follow(*next->second);
      }
    }
    way_.pop_back();
  }

  void tell(const ScenarioFile& file, const Name& need, std::span<const std::string_view> circle) {
    Diagnostics diagnostics;
    diagnostics.add(LintCode::kCircularNeeds, need.span.place, need.span.length,
                    fmt::format("this closes a circle: {} needs {}", file.id,
                                fmt::join(circle, ", which needs ")));
    found_.push_back({&file, std::move(diagnostics)});
  }

  std::map<std::string_view, const ScenarioFile*> files_;
  std::set<std::string_view> followed_;
  std::vector<std::string_view> way_;
  std::vector<FileDiagnostics> found_;
};

// What lies in a folder, as far as it can be read, and no more than a hint is worth.
std::vector<fs::path> list_some(const fs::path& folder) {
  constexpr std::size_t kMost = 1000;
  std::vector<fs::path> paths;
  std::error_code failure;
  fs::directory_iterator entry(folder, failure);
  for (; !failure && entry != fs::directory_iterator() && paths.size() < kMost;
       entry.increment(failure))
    paths.push_back(entry->path());
  return paths;
}

std::set<std::string> list_ids_in(const fs::path& chapter) {
  std::set<std::string> ids;
  for (const fs::path& path : list_some(chapter))
    if (path.extension() == kScenarioExtension) ids.insert(scenario_id(path));
  return ids;
}

// The ids of the scenarios in the chapters of a folder.
std::set<std::string> list_ids_below(const fs::path& folder) {
  std::set<std::string> ids;
  for (const fs::path& chapter : list_some(folder)) ids.merge(list_ids_in(chapter));
  return ids;
}

}  // namespace

bool exists_on_disk(const fs::path& path) {
  std::error_code failure;
  return fs::exists(path, failure);
}

std::optional<fs::path> find_need(const fs::path& needing, const std::string& id,
                                  const fs::path& library, const FileExists& exists) {
  const fs::path root = fs::absolute(needing).parent_path().parent_path();
  const std::string name = id + std::string(kScenarioExtension);
  if (exists(root / name)) return root / name;
  if (!library.empty() && exists(library / name)) return library / name;
  return std::nullopt;
}

Diagnostics check_needs(const std::string& id, const Scenario& scenario,
                        const std::function<bool(const std::string& id)>& is_known,
                        const std::function<std::set<std::string>()>& list_known) {
  const Needs* needs = scenario.find<Needs>();
  if (!needs) return {};
  Diagnostics diagnostics;
  for (const Name& need : needs->scenarios) {
    if (!need.text.contains('/')) continue;  // is told as no id at all
    if (need.text == id) {
      diagnostics.add(LintCode::kCircularNeeds, need.span.place, need.span.length,
                      "a scenario cannot need itself");
      continue;
    }
    if (is_known(need.text)) continue;
    const std::set<std::string> known = list_known();
    const std::vector<std::string_view> names(known.begin(), known.end());
    diagnostics.add(
        LintCode::kUnknownScenario, need.span.place, need.span.length,
        fmt::format("there is no scenario {}", chat::escape_bytes(need.text)),
        hint_for(need.text, names,
                 "it is looked for beside this chapter, in the suite, and in what the command line "
                 "names"));
  }
  return diagnostics;
}

Diagnostics check_needs(const ScenarioFile& file, const std::vector<ScenarioFile>& files,
                        const fs::path& library) {
  const auto is_known = [&](const std::string& id) {
    return std::ranges::find(files, id, &ScenarioFile::id) != files.end() ||
           find_need(file.path, id, library).has_value();
  };
  const auto list_known = [&] {
    std::set<std::string> ids = list_ids_below(library);
    ids.merge(list_ids_in(fs::absolute(file.path).parent_path()));
    for (const ScenarioFile& one : files) ids.insert(one.id);
    return ids;
  };
  return check_needs(file.id, file.scenario, is_known, list_known);
}

std::vector<FileDiagnostics> find_circles(const std::vector<ScenarioFile>& files) {
  return CircleFinder(files).find();
}

}  // namespace chatspec
