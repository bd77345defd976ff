// `chatspec doctor`, as its users meet it.

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/isolation/promise.h"
#include "reference/tests/run_command.h"

namespace chatspec {
namespace {

using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

// What it says of a tier: from its line to the next tier's.
std::vector<std::string> lines_about(const std::string& report, std::string_view tier) {
  std::vector<std::string> lines;
  bool is_about_it = false;
  std::istringstream text(report);
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with(' ')) is_about_it = line.starts_with(std::string(tier) + ' ');
    if (is_about_it) lines.push_back(line);
  }
  return lines;
}

TEST(Doctor, ShowsEachPromiseOfEachTierAndHowItIsKept) {
  const chat::CommandOutcome outcome =
      chat::run_command_line("'" CHATSPEC_BIN_DIR "/chatspec' doctor 2>&1 </dev/null");
  for (const IsolationWord& word : kIsolations) {
    const std::vector<std::string> lines = lines_about(outcome.output, word.word);
    ASSERT_FALSE(lines.empty()) << word.word;
    if (!lines.front().substr(word.word.size()).contains("yes"))
      continue;  // it is not offered here
    std::vector<std::string> shown;
    std::vector<std::string> due;
    for (const std::string& line : lines) {
      if (line.starts_with("    yes  ")) shown.push_back(line.substr(9));
    }
    for (const Promise& promise : promises()) {
      if (promise.in(word.isolation)) due.emplace_back(promise.text);
    }
    EXPECT_THAT(shown, ElementsAreArray(due)) << outcome.output;
  }
  EXPECT_THAT(outcome.output, HasSubstr("kept by "));
}

}  // namespace
}  // namespace chatspec
