// What the tests of the program share: how to run it as its users do, and how to read what it left.

#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "harness/report/event_log.h"

namespace chatspec::testing_cli {

inline const std::string kBin = CHATSPEC_BIN_DIR;
inline const std::string kPrograms =
    std::string(CHATSPEC_SOURCE_DIR) + "/scenarios/implementations/";

struct Outcome {
  int status = -1;
  std::string output;  // standard output and standard error
};

// Runs chatspec with these arguments, as a shell reads them, in a folder.
inline Outcome chatspec(const std::string& arguments, const std::string& redirected = "2>&1",
                        const std::string& folder = ".") {
  const std::string command =
      "cd '" + folder + "' && '" + kBin + "/chatspec' </dev/null " + arguments + " " + redirected;
  std::FILE* pipe = popen(command.c_str(), "r");
  Outcome outcome;
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    outcome.output.append(buffer, n);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

// A folder that is gone after the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "chatspec-test-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return (path_ / name).string();
  }
  std::string content(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::string at(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline std::string server(const std::string& words) {
  return "--server '" + words + " {port} {keys}'";
}
inline std::string client(const std::string& words) {
  return "--client '" + words + " {host} {port} {messages} {signatures}'";
}
inline std::string python(const std::string& program) {
  return "python3 " + kPrograms + program;
}

// The verdict and failure code of every case in a log.
inline std::map<std::string, std::string> verdicts_in(const std::string& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto log = parse_log(text, path);
  EXPECT_TRUE(log) << (log ? "" : log.error());
  std::map<std::string, std::string> verdicts;
  for (const Record& record : log ? log->records : std::vector<Record>()) {
    if (const auto* one = std::get_if<CaseRecord>(&record)) {
      verdicts[one->id] = one->failure ? one->failure->code : std::string(to_string(one->verdict));
    }
  }
  return verdicts;
}

}  // namespace chatspec::testing_cli
