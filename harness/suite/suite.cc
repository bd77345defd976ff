#include "harness/suite/suite.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "harness/scenario/item_parser.h"
#include "harness/scenario/parser.h"
#include "harness/scenario/source.h"
#include "harness/suite/needs.h"
#include "reference/quote.h"
#include "reference/signature.h"

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
  if (failure)
    problems += render_error(folder.string(), LintCode::kUnreadableFile, failure.message());
  if (found.empty()) {
    problems += render_error(
        folder.string(), LintCode::kNoScenario,
        fmt::format("there is no scenario (*{}) below this folder", kScenarioExtension));
  }
  std::ranges::sort(found);
  return found;
}

void load_file(const fs::path& path, Suite& suite) {
  auto source = read_whole(path, kMaxSourceBytes);
  if (!source) {
    suite.problems += render_error(path.string(), LintCode::kUnreadableFile,
                                   fmt::format("cannot read it: {}", source.error()));
    return;
  }
  ScenarioFile file{scenario_id(path), path, *std::move(source), {}};
  // Brackets name a row and * any characters, and ids are printed as they are.
  if (file.id.find_first_of("[]*\t\n") != file.id.npos || find_control(file.id) != file.id.npos) {
    suite.problems += render_error(
        chat::escape_bytes(path.string()), LintCode::kBadName,
        "in the name of a scenario or its folder are neither [, ], * nor control characters");
    return;
  }
  const auto before = std::ranges::find(suite.files, file.id, &ScenarioFile::id);
  if (before != suite.files.end()) {
    std::error_code failure;
    if (fs::equivalent(before->path, path, failure)) return;
    suite.problems +=
        render_error(path.string(), LintCode::kDuplicate,
                     fmt::format("its id, {}, is that of {} too", file.id, before->path.string()));
    return;
  }
  suite.problems += check_source(file.source, path.string(), file.scenario, &suite.warnings);
  suite.files.push_back(std::move(file));
}

}  // namespace

std::string scenario_id(const fs::path& path) {
  const fs::path absolute = fs::absolute(path).lexically_normal();
  return absolute.parent_path().filename().string() + "/" + absolute.stem().string();
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
  suite.problems += find_circles(suite.files);
  return suite;
}

std::string hash_suite(const Suite& suite) {
  std::string all;
  for (const ScenarioFile& file : suite.files)
    all += fmt::format("{}\n{}\n{}", file.id, file.source.size(), file.source);
  return chat::sha256_hex(all);
}

std::string hash_source(const ScenarioFile& file) {
  return chat::sha256_hex(file.source).substr(0, 16);
}

}  // namespace chatspec
