// Scenario files that a test writes.

#pragma once

#include <filesystem>
#include <string>

#include "harness/suite/suite.h"
#include "reference/tests/test_folder.h"

namespace chatspec {

// A folder of its own, gone afterwards.
class ScratchSuite {
 public:
  void write(const std::string& name, const std::string& content) const {
    folder_.write(name, content);
  }
  std::filesystem::path at(const std::string& name) const { return folder_.at(name); }
  // With the names of files as they were written.
  std::string problems() const {
    const std::string path = folder_.path().string();
    std::string found = load_suite({path}).problems;
    for (std::size_t at = found.find(path); at != std::string::npos; at = found.find(path))
      found.erase(at, path.size() + 1);
    return found;
  }

 private:
  chat::TestFolder folder_;
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
