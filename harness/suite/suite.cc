#include "harness/suite/suite.h"

#include <algorithm>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "harness/scenario/source.h"
#include "harness/suite/needs.h"
#include "harness/suite/source_file.h"
#include "reference/signature.h"
#include "reference/text/printable.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

void add_error(Suite& suite, const std::string& path, LintCode code, const std::string& message) {
  suite.problems += render_error(path, code, message);
  suite.findings.push_back({path, {code, {}, 1, message, ""}});
}

void add_diagnostics(Suite& suite, const ScenarioFile& file, const Diagnostics& diagnostics) {
  const std::string path = file.path.string();
  suite.problems += diagnostics.render(path, file.source);
  suite.warnings += diagnostics.render(path, file.source, Severity::kWarning);
  for (const Diagnostic& one : diagnostics.entries()) suite.findings.push_back({path, one});
}

// The scenario files below a folder, in a stable order. What lies there as a pipe is not waited
// for.
std::vector<fs::path> find_scenarios(const fs::path& folder, Suite& suite) {
  std::vector<fs::path> found;
  std::error_code failure;
  for (fs::recursive_directory_iterator it(folder, failure), end; !failure && it != end;
       it.increment(failure)) {
    std::error_code unreadable;  // is told when the file is read
    if (it->path().extension() != kScenarioExtension || it->is_directory(unreadable)) continue;
    if (is_stream(it->path())) {
      add_error(suite, it->path().string(), LintCode::kUnreadableFile,
                "it is a pipe or a device, which is read only where it is named itself");
      continue;
    }
    found.push_back(it->path());
  }
  if (failure) add_error(suite, folder.string(), LintCode::kUnreadableFile, failure.message());
  if (found.empty()) {
    add_error(suite, folder.string(), LintCode::kNoScenario,
              fmt::format("there is no scenario (*{}) below this folder", kScenarioExtension));
  }
  std::ranges::sort(found);
  return found;
}

// Whether its id may be one: brackets name a row and * any characters, and ids are printed as they
// are.
bool is_possible_id(std::string_view id) {
  return id.find_first_of("[]*\t\n") == id.npos && chat::find_control(id, "\t") == id.npos;
}

// The name is looked at first, so that a pipe that is named twice is not opened again.
void load_file(const fs::path& path, Suite& suite) {
  ScenarioFile file{scenario_id(path), path, {}, {}};
  if (!is_possible_id(file.id)) {
    add_error(suite, chat::escape_bytes(path.string()), LintCode::kBadName,
              "in the name of a scenario or its folder are neither [, ], * nor control characters");
    return;
  }
  const auto before = std::ranges::find(suite.files, file.id, &ScenarioFile::id);
  if (before != suite.files.end()) {
    std::error_code failure;
    if (before->path == path || fs::equivalent(before->path, path, failure)) return;
    add_error(suite, path.string(), LintCode::kDuplicate,
              fmt::format("its id, {}, is that of {} too", file.id, before->path.string()));
    return;
  }
  auto source = read_source(path);
  if (!source) {
    add_error(suite, path.string(), LintCode::kUnreadableFile,
              fmt::format("cannot read it: {}", source.error()));
    return;
  }
  file.source = *std::move(source);
  add_diagnostics(suite, file, check_text(file.source, file.scenario));
  suite.files.push_back(std::move(file));
}

}  // namespace

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
      const auto path = find_need(file.path, need.text, library);
      if (!path) continue;  // check_needs tells of it
      found.push_back(*path);
      load_file(*path, needed);
    }
  };
  for (const ScenarioFile& file : suite.files) follow(file);
  for (std::size_t i = 0; i < needed.files.size(); ++i) follow(ScenarioFile(needed.files[i]));
  return found;
}

Suite read_suite(const std::vector<fs::path>& paths, Suite suite) {
  for (const fs::path& path : paths) {
    std::error_code failure;
    if (path != kStandardInput && fs::is_directory(path, failure)) {
      for (const fs::path& file : find_scenarios(path, suite)) load_file(file, suite);
    } else {
      load_file(path, suite);
    }
  }
  std::ranges::sort(suite.files, {}, &ScenarioFile::id);
  return suite;
}

Suite load_suite(const std::vector<fs::path>& paths, const fs::path& library, Suite read_before) {
  Suite suite = read_suite(paths, std::move(read_before));
  for (const ScenarioFile& file : suite.files)
    add_diagnostics(suite, file, check_needs(file, suite.files, library));
  for (const auto& [file, diagnostics] : find_circles(suite.files))
    add_diagnostics(suite, *file, diagnostics);
  return suite;
}

std::string hash_suite(const Suite& suite) {
  std::string all;
  for (const ScenarioFile& file : suite.files)
    all += fmt::format("{}\n{}\n{}", file.id, file.source.size(), file.source);
  return chat::sha256_hex(all);
}

}  // namespace chatspec
