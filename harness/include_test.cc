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

#include <gtest/gtest.h>

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// A folder, and the folders whose headers its files may include besides its own.
const std::map<std::string, std::set<std::string>> kAllowed{
    {"reference", {}},
    {"harness/transcript", {"reference"}},
    {"harness/scenario", {"reference"}},
    {"harness/script", {"harness/scenario", "reference"}},
    {"harness/suite", {"harness/scenario", "harness/script", "reference"}},
    {"harness/cell", {"harness/transcript", "reference"}},
    {"harness/judge", {"harness/scenario", "harness/script", "harness/transcript", "reference"}},
    {"harness/play",
     {"harness/scenario", "harness/script", "harness/cell", "harness/transcript", "harness/judge",
      "reference"}},
    {"harness/runs",
     {"harness/scenario", "harness/script", "harness/suite", "harness/cell", "harness/transcript",
      "harness/judge", "harness/play", "reference"}},
    {"harness/report", {"harness/judge"}},
    {"harness/cli",
     {"harness/scenario", "harness/script", "harness/suite", "harness/cell", "harness/transcript",
      "harness/judge", "harness/play", "harness/runs", "harness/report", "reference"}},
    {"fuzz",
     {"harness/scenario", "harness/script", "harness/suite", "harness/report", "reference"}},
};

// The folder of kAllowed in which a file lies, or "".
std::string folder_of(const std::string& path) {
  for (const auto& [folder, allowed] : kAllowed) {
    if (path.starts_with(folder + "/")) return folder;
  }
  return {};
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

TEST(Includes, GoOnlyWhereTheDesignAllows) {
  const fs::path root = CHATSPEC_SOURCE_DIR;
  std::size_t seen = 0;
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
      }
    }
  }
  EXPECT_GT(seen, 100U) << "the test has looked in the wrong place";
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
