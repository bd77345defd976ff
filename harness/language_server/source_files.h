// The disk, as far as the language server looks at it. It never writes.

#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace chatspec::language_server {

class SourceFiles {
 public:
  virtual ~SourceFiles() = default;

  virtual bool exists(const std::filesystem::path& path) const = 0;
  // All bytes of a file, or why it cannot be read.
  virtual std::expected<std::string, std::string> read(const std::filesystem::path& path) const = 0;
  // The scenario files below a folder, in any order. Of very many some may be missing.
  virtual std::vector<std::filesystem::path> list_scenarios(
      const std::filesystem::path& folder) const = 0;
};

}  // namespace chatspec::language_server
