// For tests: a disk in memory.

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "harness/language_server/source_files.h"
#include "harness/scenario/source.h"

namespace chatspec::language_server {

class FakeFiles : public SourceFiles {
 public:
  std::map<std::filesystem::path, std::string> content{};

  bool exists(const std::filesystem::path& path) const override { return content.contains(path); }

  std::expected<std::string, std::string> read(const std::filesystem::path& path) const override {
    const auto found = content.find(path);
    if (found == content.end()) return std::unexpected("there is no such file");
    return found->second;
  }

  std::vector<std::filesystem::path> list_scenarios(
      const std::filesystem::path& folder) const override {
    std::vector<std::filesystem::path> found;
    for (const auto& [path, text] : content) {
      const bool is_below = path.string().starts_with(folder.string() + "/");
      if (is_below && path.extension() == kScenarioExtension) found.push_back(path);
    }
    return found;
  }
};

}  // namespace chatspec::language_server
