// Who may include whom. The build's link lists say the same to the linker; this says it of headers,
// too.

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// A folder, and the folders whose headers its files may include besides its own.
const std::map<std::string, std::set<std::string>> kAllowed{
    {"reference/text", {}},
    {"reference", {"reference/text"}},
    {"harness/transcript", {"reference/text"}},
    {"harness/scenario", {"reference/text", "reference"}},
    {"harness/script", {"harness/scenario", "reference/text", "reference"}},
    {"harness/suite", {"harness/scenario", "harness/script", "reference/text", "reference"}},
    {"harness/vectors",
     {"harness/scenario", "harness/script", "harness/suite", "reference/text", "reference"}},
    {"harness/cell", {"harness/transcript", "reference"}},
    {"harness/cell/folders", {"harness/cell", "reference/text"}},
    {"harness/cell/program", {"harness/cell", "harness/cell/folders", "reference/text"}},
    {"harness/cell/kernel", {"harness/transcript", "harness/cell"}},
    {"harness/cell/supervisor", {"harness/cell", "harness/cell/kernel"}},
    {"harness/cell/isolation",
     {"harness/cell", "harness/cell/folders", "harness/cell/program", "harness/cell/kernel",
      "harness/cell/supervisor", "reference"}},
    {"harness/cell/sockets",
     {"harness/cell", "harness/cell/folders", "harness/cell/supervisor", "reference/text"}},
    {"harness/cell/process",
     {"harness/cell", "harness/cell/folders", "harness/cell/program", "harness/cell/kernel",
      "harness/cell/supervisor", "harness/cell/isolation", "harness/cell/sockets", "reference"}},
    {"harness/judge/findings",
     {"harness/transcript", "harness/script", "reference/text", "reference"}},
    {"harness/judge/faults",
     {"harness/transcript", "harness/script", "harness/judge/findings", "reference/text",
      "reference"}},
    {"harness/judge/diagnosis",
     {"harness/transcript", "harness/scenario", "harness/script", "harness/judge/findings",
      "reference/text", "reference"}},
    {"harness/judge",
     {"harness/transcript", "harness/scenario", "harness/script", "harness/judge/findings",
      "harness/judge/faults", "harness/judge/diagnosis", "reference/text", "reference"}},
    {"harness/play",
     {"harness/transcript", "harness/scenario", "harness/script", "harness/cell",
      "harness/judge/findings", "reference/text"}},
    {"harness/runs",
     {"harness/transcript", "harness/scenario", "harness/script", "harness/suite", "harness/cell",
      "harness/cell/process", "harness/judge/findings", "harness/judge/diagnosis", "harness/judge",
      "harness/play", "harness/report/text", "harness/report/log", "reference/text", "reference"}},
    {"harness/report/text", {"harness/judge/findings", "reference/text"}},
    {"harness/report/log",
     {"harness/transcript", "harness/judge/findings", "harness/judge/diagnosis",
      "harness/report/text", "reference/text", "reference"}},
    {"harness/report/reproduction",
     {"harness/report/text", "harness/report/log", "reference/text", "reference"}},
    {"harness/report",
     {"harness/judge/findings", "harness/judge/diagnosis", "harness/judge", "harness/report/text",
      "harness/report/log", "harness/report/reproduction", "reference/text", "reference"}},
    {"harness/report/formats",
     {"harness/judge/findings", "harness/report/text", "harness/report/log",
      "harness/report/reproduction", "harness/report", "reference/text", "reference"}},
    {"harness/language_server",
     {"harness/scenario", "harness/suite", "harness/report/text", "harness/report/formats",
      "reference/text", "reference"}},
    {"harness/grade",
     {"harness/scenario", "harness/suite", "harness/judge/findings", "harness/judge/diagnosis",
      "harness/report/text", "harness/report/log", "harness/report", "harness/report/formats",
      "reference/text", "reference"}},
    {"harness/grade/intake",
     {"harness/cell", "harness/cell/folders", "reference/text", "reference"}},
    {"harness/grade/workers",
     {"harness/cell", "harness/cell/folders", "harness/cell/kernel", "reference/text",
      "reference"}},
    {"harness/grid",
     {"harness/transcript", "harness/judge/diagnosis", "harness/report/text", "harness/report/log",
      "harness/report", "harness/report/formats", "harness/grade", "reference/text", "reference"}},
    {"harness/grid/relay", {"harness/cell", "harness/play", "harness/grid", "reference"}},
    {"harness/explore/learn", {"reference/text"}},
    {"harness/explore/fuzz", {"reference/text", "reference"}},
    {"harness/explore/growth", {}},
    {"harness/explore/protocol",
     {"harness/scenario", "harness/explore/learn", "harness/explore/fuzz", "reference/text",
      "reference"}},
    {"harness/explore/asking",
     {"harness/cell", "harness/judge/faults", "harness/play", "harness/explore/fuzz",
      "harness/explore/growth", "harness/explore/protocol", "reference/text", "reference"}},
    {"harness/explore",
     {"harness/cell", "harness/report/text", "harness/report/formats", "harness/explore/learn",
      "harness/explore/fuzz", "harness/explore/growth", "harness/explore/protocol",
      "harness/explore/asking", "reference/text", "reference"}},
    {"harness/cli/console", {"harness/report/text", "harness/report", "reference"}},
    {"harness/cli/options",
     {"harness/scenario", "harness/script", "harness/suite", "harness/cell/folders",
      "harness/cell/program", "harness/cell/supervisor", "harness/cell/isolation",
      "harness/judge/findings", "harness/play", "harness/report/text", "harness/report/log",
      "harness/report/reproduction", "harness/report/formats", "harness/grade",
      "harness/grade/workers", "harness/cli/console", "reference/text", "reference"}},
    {"harness/cli/help",
     {"harness/cell/folders", "harness/cell/kernel", "harness/cell/isolation",
      "harness/report/text", "harness/cli/console", "harness/cli/options", "reference/text",
      "reference"}},
    {"harness/cli/run",
     {"harness/suite", "harness/cell", "harness/cell/folders", "harness/cell/program",
      "harness/cell/isolation", "harness/cell/sockets", "harness/cell/process", "harness/judge",
      "harness/play", "harness/runs", "harness/report/text", "harness/report/log",
      "harness/report/reproduction", "harness/report", "harness/cli/console", "harness/cli/options",
      "reference/text", "reference"}},
    {"harness/cli/suite",
     {"harness/scenario", "harness/script", "harness/suite", "harness/vectors",
      "harness/judge/findings", "harness/runs", "harness/report/text", "harness/report/formats",
      "harness/language_server", "harness/cli/console", "harness/cli/options", "harness/cli/help",
      "reference/text", "reference"}},
    {"harness/cli/logs",
     {"harness/runs", "harness/report/log", "harness/report", "harness/report/formats",
      "harness/cli/console", "harness/cli/options"}},
    {"harness/cli/grade",
     {"harness/cell", "harness/report/text", "harness/grade", "harness/grade/intake",
      "harness/grade/workers", "harness/cli/console", "harness/cli/options", "reference/text",
      "reference"}},
    {"harness/cli/grid",
     {"harness/cell", "harness/cell/folders", "harness/cell/isolation", "harness/cell/process",
      "harness/play", "harness/runs", "harness/report/text", "harness/report/reproduction",
      "harness/grade", "harness/grade/intake", "harness/grade/workers", "harness/grid",
      "harness/grid/relay", "harness/cli/console", "harness/cli/options", "harness/cli/run",
      "reference/text", "reference"}},
    {"harness/cli/explore",
     {"harness/scenario", "harness/script", "harness/suite", "harness/cell", "harness/cell/program",
      "harness/cell/isolation", "harness/cell/process", "harness/explore/fuzz",
      "harness/explore/protocol", "harness/explore/asking", "harness/explore",
      "harness/cli/console", "harness/cli/options", "harness/cli/run", "reference/text",
      "reference"}},
    {"harness/cli",
     {"harness/cell/isolation", "harness/report/log", "harness/cli/console", "harness/cli/options",
      "harness/cli/help", "harness/cli/run", "harness/cli/suite", "harness/cli/logs",
      "harness/cli/grade", "harness/cli/grid", "harness/cli/explore", "reference"}},
    {"fuzz",
     {"harness/scenario", "harness/script", "harness/report/log", "harness/report",
      "harness/report/formats", "harness/language_server", "reference/text", "reference"}},
};

// The innermost folder of kAllowed in which a file lies, or "".
std::string folder_of(const std::string& path) {
  std::string innermost;
  for (const auto& [folder, allowed] : kAllowed) {
    if (path.starts_with(folder + "/") && folder.size() > innermost.size()) innermost = folder;
  }
  return innermost;
}

// The path in quotation marks that a line includes.
std::optional<std::string> included(std::string_view line) {
  std::string text(line);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
  constexpr std::string_view kBegin = "#include\"";
  if (!text.starts_with(kBegin)) return std::nullopt;
  return text.substr(kBegin.size(), text.find('"', kBegin.size()) - kBegin.size());
}

// Whether a line calls a function, under this name or as a member.
bool calls(std::string_view line, std::string_view name) {
  const auto is_part_of_name = [](char c) { return c == '_' || std::isalnum(c) != 0; };
  for (std::size_t at = line.find(name); at != line.npos; at = line.find(name, at + 1)) {
    const std::string_view rest = line.substr(at + name.size());
    const std::size_t next = rest.find_first_not_of(" \t");
    const bool is_whole = at == 0 || !is_part_of_name(line[at - 1]);
    if (is_whole && next != rest.npos && rest[next] == '(') return true;
  }
  return false;
}

TEST(Includes, GoOnlyWhereTheDesignAllowsWhichAllowsNoMore) {
  const fs::path root = CHATSPEC_SOURCE_DIR;
  std::size_t seen = 0;
  std::map<std::string, std::set<std::string>> unused = kAllowed;
  for (const char* top : {"reference", "harness", "fuzz"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cc") continue;
      const std::string path = fs::relative(entry.path(), root);
      const std::string folder = folder_of(path);
      if (folder.empty()) continue;  // this test
      const bool is_test = path.ends_with("_test.cc");
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        const auto path_included = included(line);
        if (!path_included) continue;
        ++seen;
        const std::string target = folder_of(*path_included);
        EXPECT_FALSE(target.empty())
            << path << ": " << line << ": paths begin at the root of the tree";
        EXPECT_TRUE(is_test || target == folder || kAllowed.at(folder).contains(target))
            << path << ": " << line;
        if (!is_test) unused.at(folder).erase(target);
      }
    }
  }
  for (const auto& [folder, targets] : unused)
    for (const std::string& target : targets) ADD_FAILURE() << folder << " needs no " << target;
  EXPECT_GT(seen, 100U) << "the test has looked in the wrong place";
}

// A header and the source of its name are one module.
std::string module_of(const std::string& path) {
  return path.substr(0, path.rfind('.'));
}

// What each module includes of the others.
std::map<std::string, std::set<std::string>> list_includes() {
  const fs::path root = CHATSPEC_SOURCE_DIR;
  std::map<std::string, std::set<std::string>> includes;
  for (const char* top : {"reference", "harness", "fuzz"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string path = fs::relative(entry.path(), root);
      const bool is_source = path.ends_with(".h") || path.ends_with(".cc");
      if (!is_source || path.ends_with("_test.cc")) continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        const auto header = included(line);
        if (header && module_of(*header) != module_of(path))
          includes[module_of(path)].insert(module_of(*header));
      }
    }
  }
  return includes;
}

// What comes upon itself on the way through what it includes; "" where nothing does.
std::string find_cycle(const std::map<std::string, std::set<std::string>>& includes,
                       const std::string& module, std::vector<std::string>& way,
                       std::set<std::string>& done) {
  if (std::ranges::find(way, module) != way.end()) return module;
  const auto found = includes.find(module);
  if (found == includes.end() || !done.insert(module).second) return {};
  way.push_back(module);
  for (const std::string& next : found->second) {
    if (std::string cycle = find_cycle(includes, next, way, done); !cycle.empty()) return cycle;
  }
  way.pop_back();
  return {};
}

TEST(Includes, NoArrowRunsBack) {
  const auto includes = list_includes();
  EXPECT_GT(includes.size(), 20U) << "the test has looked in the wrong place";
  std::set<std::string> done;
  for (const auto& [module, headers] : includes) {
    std::vector<std::string> way;
    EXPECT_EQ(find_cycle(includes, module, way, done), "");
  }
  std::vector<std::string> way;
  std::set<std::string> none;
  EXPECT_EQ(find_cycle({{"a", {"b"}}, {"b", {"c"}}, {"c", {"b"}}}, "a", way, none), "b");
}

TEST(Includes, PlayingKnowsOfTheJudgeOnlyWhatMatches) {
  const std::set<std::string> matchers{"harness/judge/findings/matcher",
                                       "harness/judge/findings/output_matcher"};
  for (const auto& [module, headers] : list_includes()) {
    if (!module.starts_with("harness/play/")) continue;
    for (const std::string& header : headers) {
      EXPECT_TRUE(!header.starts_with("harness/judge/") || matchers.contains(header))
          << module << " includes " << header << ".h";
    }
  }
}

TEST(Includes, BotanIsIncludedInOneFile) {
  std::set<std::string> files;
  for (const char* top : {"reference", "harness", "fuzz"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(CHATSPEC_SOURCE_DIR) / top)) {
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        if (line.starts_with("#include <botan/")) files.insert(entry.path().filename());
      }
    }
  }
  EXPECT_EQ(files, std::set<std::string>{"signature.cc"});
}

TEST(Sources, ContainNoSleep) {
  constexpr std::array kSleeps{"sleep_for", "sleep_until", "usleep", "nanosleep", "sleep"};
  ASSERT_TRUE(calls("  std::this_thread::sleep_for (1s);", "sleep_for"));
  ASSERT_FALSE(calls("asleep(); sleep_for(1s); sleep;", "sleep"));
  for (const char* top : {"reference", "harness", "fuzz"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(CHATSPEC_SOURCE_DIR) / top)) {
      const std::string path = entry.path();
      if (!(path.ends_with(".h") || path.ends_with(".cc")) || path.ends_with("_test.cc")) continue;
      std::ifstream file(path);
      for (std::string line; std::getline(file, line);) {
        for (const char* name : kSleeps) EXPECT_FALSE(calls(line, name)) << path << ": " << line;
      }
    }
  }
}

}  // namespace
}  // namespace chatspec
