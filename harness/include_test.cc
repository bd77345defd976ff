// Who may include whom. The build's link lists say the same to the linker; this says it of headers,
// too.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// A folder, and the folders whose headers its files may include besides its own.
const std::map<std::string, std::set<std::string>> kAllowed{
    {"reference", {}},
    {"harness/transcript", {}},
    {"harness/scenario", {"reference"}},
    {"harness/cell", {"harness/transcript"}},
    {"harness/judge", {"harness/scenario", "harness/transcript", "reference"}},
    {"harness/play",
     {"harness/scenario", "harness/cell", "harness/transcript", "harness/judge", "reference"}},
    {"harness/report", {"harness/judge"}},
    {"harness/cli",
     {"harness/scenario", "harness/cell", "harness/transcript", "harness/judge", "harness/play",
      "harness/report", "reference"}},
    {"fuzz", {"harness/scenario", "harness/report", "reference"}},
};

// The folder of kAllowed in which a file lies, or "".
std::string folder_of(const std::string& path) {
  for (const auto& [folder, allowed] : kAllowed) {
    if (path.starts_with(folder + "/")) return folder;
  }
  return {};
}

TEST(Includes, GoOnlyWhereTheDesignAllows) {
  const fs::path root = CHATSPEC_SOURCE_DIR;
  const std::regex include(R"re(^\s*#\s*include\s*"([^"]+)")re");
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
        std::smatch match;
        if (!std::regex_search(line, match, include)) continue;
        ++seen;
        const std::string target = folder_of(match[1]);
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
  const std::regex sleep(R"((sleep_for|sleep_until|\busleep|\bnanosleep|\bsleep)\s*\()");
  for (const char* top : {"reference", "harness", "fuzz"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(CHATSPEC_SOURCE_DIR) / top)) {
      const std::string path = entry.path();
      if (!(path.ends_with(".h") || path.ends_with(".cc")) || path.ends_with("_test.cc")) continue;
      std::ifstream file(path);
      for (std::string line; std::getline(file, line);)
        EXPECT_FALSE(std::regex_search(line, sleep)) << path << ": " << line;
    }
  }
}

}  // namespace
}  // namespace chatspec
