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

bool offers_the_sandbox(const std::string& report) {
  return lines_about(report, "sandbox").front().contains("yes");
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

// As in a rootless container, where root is an ordinary user of the machine.
TEST(Doctor, OffersTheSandboxToARootWhoHasNoOtherUserNumbers) {
  const std::string mapped = "unshare --user --map-root-user ";
  const std::string chatspec = "'" CHATSPEC_BIN_DIR "/chatspec' ";
  if (chat::run_command_line(mapped + "true 2>&1").status != 0) {
    GTEST_SKIP() << "this machine makes no user namespaces";
  }
  if (!offers_the_sandbox(chat::run_command_line(chatspec + "doctor 2>&1").output)) {
    GTEST_SKIP() << "this machine has no sandbox";
  }
  const chat::CommandOutcome doctor = chat::run_command_line(mapped + chatspec + "doctor 2>&1");
  EXPECT_TRUE(offers_the_sandbox(doctor.output)) << doctor.output;
  // The program is not to take itself for root.
  const chat::CommandOutcome run = chat::run_command_line(
      mapped + chatspec +
      "run handshake/hello --isolation sandbox --server \"sh -c 'test \\$(id -u) -ne 0 && exec "
      "\\$0 \\$@' '" CHATSPEC_BIN_DIR "/chat-server' {port} {keys}\" 2>&1");
  EXPECT_EQ(run.status, 0) << run.output;
}

}  // namespace
}  // namespace chatspec
