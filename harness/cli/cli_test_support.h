// What the tests of the program share: how to run it as its users do, and how to read what it left.

#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "harness/report/log/event_log.h"
#include "reference/tests/run_command.h"
#include "reference/tests/test_folder.h"

namespace chatspec::testing_cli {

inline const std::string kBin = CHATSPEC_BIN_DIR;
inline const std::string kPrograms =
    std::string(CHATSPEC_SOURCE_DIR) + "/scenarios/implementations/";

using Folder = chat::TestFolder;
using Outcome = chat::CommandOutcome;

// Runs chatspec with these arguments, as a shell reads them, in a folder.
inline Outcome chatspec(const std::string& arguments, const std::string& redirected = "2>&1",
                        const std::string& folder = ".") {
  const std::string command =
      "cd '" + folder + "' && '" + kBin + "/chatspec' </dev/null " + arguments + " " + redirected;
  return chat::run_command_line(command);
}

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
  const auto log = parse_log(chat::content_of(path), path);
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
