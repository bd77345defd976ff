#include "harness/scenario/suite.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/scenario/check_names.h"
#include "harness/scenario/dialect.h"
#include "harness/scenario/expand.h"
#include "harness/scenario/item_parser.h"
#include "harness/scenario/parser.h"
#include "harness/scenario/vocabulary.h"
#include "reference/quote.h"
#include "reference/suggest.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// Of what is no file, such as a terminal or /dev/zero, nobody knows where it ends.
std::expected<std::string, std::string> read_whole(const fs::path& path, std::size_t max_bytes) {
  std::error_code failure;
  const fs::file_status status = fs::status(path, failure);
  if (fs::is_directory(status)) return std::unexpected("it is a folder");
  if (fs::exists(status) && !fs::is_regular_file(status)) return std::unexpected("it is no file");
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::unexpected(std::strerror(errno));
  if (fs::file_size(path, failure) > max_bytes)
    return std::unexpected(fmt::format("it has more than {} bytes", max_bytes));
  std::string content{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) return std::unexpected("reading failed");
  return content;
}

// The scenario files below a folder, in a stable order.
std::vector<fs::path> find_scenarios(const fs::path& folder, std::string& problems) {
  std::vector<fs::path> found;
  std::error_code failure;
  for (fs::recursive_directory_iterator it(folder, failure), end; !failure && it != end;
       it.increment(failure)) {
    std::error_code unreadable;  // is told when the file is read
    if (it->path().extension() == kScenarioExtension && !it->is_directory(unreadable))
      found.push_back(it->path());
  }
  if (failure) problems += fmt::format("{}: error: {}\n", folder.string(), failure.message());
  if (found.empty())
    problems += fmt::format("{}: error: there is no scenario (*{}) below this folder\n",
                            folder.string(), kScenarioExtension);
  std::ranges::sort(found);
  return found;
}

// The file of a scenario that another one needs: beside the chapter of that one, else in `library`;
// nothing where it is in neither.
std::optional<fs::path> find_need(const ScenarioFile& file, const std::string& id,
                                  const fs::path& library) {
  const fs::path root = fs::absolute(file.path).parent_path().parent_path();
  const std::string name = id + std::string(kScenarioExtension);
  std::error_code failure;
  if (fs::exists(root / name, failure)) return root / name;
  if (!library.empty() && fs::exists(library / name, failure)) return library / name;
  return std::nullopt;
}

// `needs` names scenarios that are loaded too, or can be found.
std::string check_needs(const ScenarioFile& file, const std::vector<ScenarioFile>& files,
                        const fs::path& library) {
  const Needs* needs = file.scenario.find<Needs>();
  if (!needs) return {};
  Diagnostics diagnostics;
  for (const Name& need : needs->scenarios) {
    if (!need.text.contains('/')) continue;  // is told as no id at all
    if (need.text == file.id) {
      diagnostics.add(need.span.place, need.span.length, "a scenario cannot need itself");
      continue;
    }
    if (std::ranges::find(files, need.text, &ScenarioFile::id) != files.end()) continue;
    if (find_need(file, need.text, library)) continue;
    diagnostics.add(
        need.span.place, need.span.length,
        fmt::format("there is no scenario {}", chat::escape_bytes(need.text)),
        "it is looked for beside this chapter, in the suite, and in what the command line names");
  }
  return diagnostics.render(file.path.string(), file.source);
}

// Follows what scenarios need, in depth. A need that leads back to one of those on the way closes a
// circle, which could never begin.
class CircleFinder {
 public:
  explicit CircleFinder(const std::vector<ScenarioFile>& files) {
    for (const ScenarioFile& file : files) files_.emplace(file.id, &file);
  }

  // Each circle once, at the need that closes it.
  std::string find() {
    for (const auto& [id, file] : files_) follow(*file);
    return problems_;
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
    diagnostics.add(need.span.place, need.span.length,
                    fmt::format("this closes a circle: {} needs {}", file.id,
                                fmt::join(circle, ", which needs ")));
    problems_ += diagnostics.render(file.path.string(), file.source);
  }

  std::map<std::string_view, const ScenarioFile*> files_;
  std::set<std::string_view> followed_;
  std::vector<std::string_view> way_;
  std::string problems_;
};

void load_file(const fs::path& path, Suite& suite) {
  auto source = read_whole(path, kMaxSourceBytes);
  if (!source) {
    suite.problems += fmt::format("{}: error: cannot read it: {}\n", path.string(), source.error());
    return;
  }
  ScenarioFile file{scenario_id(path), path, *std::move(source), {}};
  // Brackets name a row and * any characters, and ids are printed as they are.
  if (file.id.find_first_of("[]*\t\n") != file.id.npos || find_control(file.id) != file.id.npos) {
    suite.problems += fmt::format(
        "{}: error: in the name of a scenario or its folder are neither [, ], * nor control "
        "characters\n",
        chat::escape_bytes(path.string()));
    return;
  }
  const auto before = std::ranges::find(suite.files, file.id, &ScenarioFile::id);
  if (before != suite.files.end()) {
    std::error_code failure;
    if (fs::equivalent(before->path, path, failure)) return;
    suite.problems += fmt::format("{}: error: its id, {}, is that of {} too\n", path.string(),
                                  file.id, before->path.string());
    return;
  }
  suite.problems +=
      check_source(file.source, path.string(), file.reader(), file.scenario, &suite.warnings);
  suite.files.push_back(std::move(file));
}

bool is_named(const Case& candidate, std::string_view name) {
  const Pattern pattern = split_at_stars(name);
  const std::string_view file = candidate.file->id;
  return fits(pattern, candidate.id) || fits(pattern, file) ||
         fits(pattern, file.substr(0, file.find('/')));
}

bool covers(const Case& candidate, std::string_view requirement, std::optional<Role> role) {
  return std::ranges::any_of(candidate.requirements(role), [&](const std::string& covered) {
    return covered == requirement || covered.starts_with(std::string(requirement) + "-");
  });
}

bool covers_for_anybody(const Case& candidate, std::string_view requirement) {
  return covers(candidate, requirement, std::nullopt);
}

bool has_tag(const Case& candidate, std::string_view tag) {
  return std::ranges::count(candidate.tags(), tag) > 0;
}

// Whether a tag is limited to what does not fit; see check_tags() for what a limit may be.
bool is_elsewhere(std::string_view limit, std::optional<Role> role, const chat::Profile* profile) {
  if (const RoleWord* word = find_word(kRoles, limit)) return role && !word->roles.has(*role);
  const ProfileWord* word = find_word(kProfileWords, limit);
  return word && profile && !word->applies(*profile);
}

std::vector<std::string> texts(const std::vector<Name>& names) {
  std::vector<std::string> out;
  for (const Name& name : names) out.push_back(name.text);
  return out;
}

}  // namespace

std::string scenario_id(const fs::path& path) {
  const fs::path absolute = fs::absolute(path).lexically_normal();
  return absolute.parent_path().filename().string() + "/" + absolute.stem().string();
}

FileReader ScenarioFile::reader() const {
  return [folder = path.parent_path()](
             const std::string& name) -> std::expected<std::string, std::string> {
    const fs::path within = fs::path(name).lexically_normal();
    if (within.empty() || within.is_absolute() || *within.begin() == "..")
      return std::unexpected("it does not lie beside the scenario");
    return read_whole(folder / within, kMaxBytes);
  };
}

std::string check_source(std::string_view source, std::string_view shown_name,
                         const FileReader& read_file, Scenario& scenario, std::string* warnings) {
  Parsed parsed = parse_scenario(source);
  if (!parsed.diagnostics.has_errors()) {
    check_scenario(parsed.scenario, read_file, parsed.diagnostics);
  } else {
    check_names(parsed.scenario, parsed.diagnostics);
    parsed.diagnostics.sort();
  }
  scenario = std::move(parsed.scenario);
  if (warnings) *warnings += parsed.diagnostics.render(shown_name, source, Severity::kWarning);
  return parsed.diagnostics.render(shown_name, source);
}

std::vector<fs::path> find_needed(const Suite& suite, const fs::path& library) {
  std::vector<fs::path> found;
  std::set<std::string> known;
  for (const ScenarioFile& file : suite.files) known.insert(file.id);
  Suite needed;  // read to learn what they need in turn; it grows while it is gone through
  const auto follow = [&](const ScenarioFile& file) {
    const Needs* needs = file.scenario.find<Needs>();
    if (!needs) return;
    for (const Name& need : needs->scenarios) {
      if (!known.insert(need.text).second) continue;
      const auto path = find_need(file, need.text, library);
      if (!path) continue;  // check_needs tells of it
      found.push_back(*path);
      load_file(*path, needed);
    }
  };
  for (const ScenarioFile& file : suite.files) follow(file);
  for (std::size_t i = 0; i < needed.files.size(); ++i) follow(ScenarioFile(needed.files[i]));
  return found;
}

Suite load_suite(const std::vector<fs::path>& paths, const fs::path& library) {
  Suite suite;
  for (const fs::path& path : paths) {
    std::error_code failure;
    if (fs::is_directory(path, failure)) {
      for (const fs::path& file : find_scenarios(path, suite.problems)) load_file(file, suite);
    } else {
      load_file(path, suite);
    }
  }
  std::ranges::sort(suite.files, {}, &ScenarioFile::id);
  for (const ScenarioFile& file : suite.files)
    suite.problems += check_needs(file, suite.files, library);
  suite.problems += CircleFinder(suite.files).find();
  return suite;
}

std::vector<Case> list_cases(const Suite& suite) {
  std::vector<Case> cases;
  for (const ScenarioFile& file : suite.files) {
    for (std::size_t row = 0; row < count_rows(file.scenario); ++row) {
      Diagnostics none;  // the check has expanded every row before
      const std::string name = row_name(file.scenario, row);
      cases.push_back({name.empty() ? file.id : fmt::format("{}[{}]", file.id, name), &file,
                       expand(file.scenario, row, none)});
    }
  }
  return cases;
}

std::string Case::title() const {
  return scenario.find<Title>()->text;
}

std::string Case::description() const {
  std::string out;
  for (const LeadLine& line : file->scenario.statements.front().lead) {
    if (line && !line->empty()) out += (out.empty() ? "" : " ") + *line;
  }
  return out;
}

chat::Level Case::level(std::optional<Role> role) const {
  if (const LevelIs* own = scenario.find<LevelIs>()) return own->level;
  chat::Level strongest = chat::Level::kMay;
  for (const std::string& name : requirements(role))
    strongest = std::min(strongest, chat::find_requirement(name)->level);
  return strongest;
}

std::vector<std::string> Case::requirements(std::optional<Role> role) const {
  std::vector<std::string> names = texts(scenario.find<Covers>()->requirements);
  std::erase_if(names, [&](const std::string& name) {
    const chat::Requirement* requirement = chat::find_requirement(name);
    return role && !requirement->binds.has(*role);
  });
  return names;
}

std::vector<std::string> Case::tags(std::optional<Role> role, const chat::Profile* profile) const {
  const Tags* tags = scenario.find<Tags>();
  if (!tags) return {};
  std::vector<std::string> own;
  for (const std::string& name : texts(tags->names)) {
    const auto [tag, limit, is_limited] = split_tag(name);
    if (!is_elsewhere(limit, role, profile) && std::ranges::count(own, tag) == 0)
      own.emplace_back(tag);
  }
  return own;
}

std::vector<std::string> Case::needs() const {
  const Needs* needs = scenario.find<Needs>();
  return needs ? texts(needs->scenarios) : std::vector<std::string>();
}

bool Case::has_role(Role role) const {
  return scenario.find<Roles>()->has(role);
}

bool Case::applies_to(const chat::Profile& profile) const {
  const Profiles* profiles = scenario.find<Profiles>();
  const bool meant = !profiles || std::ranges::any_of(profiles->names, [&](const Name& name) {
    return find_word(kProfileWords, name.text)->applies(profile);
  });
  return meant && means_the_same(scenario, profile);
}

bool is_selected(const Case& candidate, const Selection& selection) {
  const auto any = [&](const std::vector<std::string>& wanted,
                       bool (*fits)(const Case&, std::string_view)) {
    return wanted.empty() || std::ranges::any_of(wanted, [&](const std::string& one) {
             return fits(candidate, one);
           });
  };
  const bool level = selection.levels.empty() ||
                     std::ranges::count(selection.levels, candidate.level(selection.role)) > 0;
  const bool requirement = selection.requirements.empty() ||
                           std::ranges::any_of(selection.requirements, [&](const auto& wanted) {
                             return covers(candidate, wanted, selection.role);
                           });
  const std::vector<std::string> own_tags = candidate.tags(selection.role, selection.profile);
  const bool tag = selection.tags.empty() ||
                   std::ranges::find_first_of(selection.tags, own_tags) != selection.tags.end();
  return level && requirement && tag && any(selection.names, is_named);
}

std::vector<std::string> find_unmatched(const std::vector<Case>& cases,
                                        const Selection& selection) {
  std::vector<std::string> problems;
  const auto look = [&](const std::vector<std::string>& wanted, std::string_view what,
                        bool (*fits)(const Case&, std::string_view),
                        const std::vector<std::string>& known) {
    for (const std::string& one : wanted) {
      if (std::ranges::any_of(cases, [&](const Case& candidate) { return fits(candidate, one); }))
        continue;
      const std::string_view near =
          chat::closest_name(one, std::vector<std::string_view>(known.begin(), known.end()));
      problems.push_back(fmt::format("no scenario {} {}{}", what, chat::quote(one),
                                     near.empty() ? "" : fmt::format("; did you mean {}?", near)));
    }
  };
  std::set<std::string> names, tags, requirements;
  for (const Case& candidate : cases) {
    names.insert(candidate.id);
    names.insert(candidate.file->id);
    names.insert(candidate.file->id.substr(0, candidate.file->id.find('/')));
    std::ranges::copy(candidate.tags(), std::inserter(tags, tags.end()));
    std::ranges::copy(candidate.requirements(), std::inserter(requirements, requirements.end()));
  }
  look(selection.names, "is called", is_named, {names.begin(), names.end()});
  look(selection.tags, "has the tag", has_tag, {tags.begin(), tags.end()});
  look(selection.requirements, "covers", covers_for_anybody,
       {requirements.begin(), requirements.end()});
  return problems;
}

}  // namespace chatspec
