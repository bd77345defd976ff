// Scenario files that a test writes.

#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "harness/suite/suite.h"

namespace chatspec {

// A folder of its own, gone afterwards.
class ScratchSuite {
 public:
  ScratchSuite() : path_(testing::TempDir() + "chatspec-suite-XXXXXX") {
    EXPECT_NE(mkdtemp(path_.data()), nullptr);
  }
  ~ScratchSuite() { std::filesystem::remove_all(path_); }
  ScratchSuite(const ScratchSuite&) = delete;
  ScratchSuite& operator=(const ScratchSuite&) = delete;

  void write(const std::string& name, const std::string& content) const {
    const auto file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << content;
  }
  std::filesystem::path at(const std::string& name) const {
    return std::filesystem::path(path_) / name;
  }
  // With the names of files as they were written.
  std::string problems() const {
    std::string found = load_suite({path_}).problems;
    for (std::size_t at = found.find(path_); at != std::string::npos; at = found.find(path_))
      found.erase(at, path_.size() + 1);
    return found;
  }

 private:
  std::string path_;
};

// A scenario with these values, that has nothing wrong about it besides.
inline std::string with_values(const std::string& values) {
  return "scenario  t\ncovers    DATA-4\nrole      server\n" + values +
         "\nC: HELLO\nC: DATA\nC: <message 1>\nC: .\nS: 260 OK\n";
}

// One that needs these.
inline std::string needing(const std::string& ids) {
  return "scenario  t\ncovers    HELLO-2\nrole      server\n" +
         (ids.empty() ? "" : "needs     " + ids + "\n") + "\nC: HELLO\nS: 260 OK\n";
}

}  // namespace chatspec
