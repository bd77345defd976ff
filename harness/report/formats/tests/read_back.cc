#include "harness/report/formats/tests/read_back.h"

#include <sstream>

#include <fmt/format.h>

#include "reference/tests/run_command.h"
#include "reference/tests/test_folder.h"

namespace chatspec {

ReadBack read_back(std::string_view option, std::string_view report) {
  const chat::TestFolder folder;
  const std::string file = folder.write("report", report);
  const auto outcome = chat::run_command_line(fmt::format(
      "python3 -B " CHATSPEC_SOURCE_DIR "/harness/report/formats/tests/read_back.py {} '{}' 2>'{}'",
      option.substr(2), file, folder.at("problems")));
  ReadBack read{.problems = folder.content("problems")};
  if (outcome.status != 0 && read.problems.empty()) read.problems = "the reader failed";
  std::istringstream lines(outcome.output);
  for (std::string line; std::getline(lines, line);) read.results.push_back(line);
  return read;
}

}  // namespace chatspec
