// Scenarios that must be rejected, each with the messages that its author gets, and their codes:
// rejected/NAME.chat and rejected/NAME.txt. To accept what changed, run this test with
// CHATSPEC_UPDATE_GOLDEN=1 and read the difference.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "harness/scenario/lint_code.h"
#include "harness/scenario/source.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

const fs::path kRejectedFolder = fs::path(CHATSPEC_SOURCE_DIR) / "harness/scenario/rejected";

// The codes in what is shown, as in `f.chat:1:1: error: … [unknown-item]`.
std::set<std::string> codes_in(std::string_view shown) {
  std::set<std::string> codes;
  for (std::size_t end = shown.find("]\n"); end != shown.npos; end = shown.find("]\n", end + 1)) {
    const std::size_t begin = shown.rfind('[', end) + 1;
    codes.emplace(shown.substr(begin, end - begin));
  }
  return codes;
}

// What is wrong with files and folders rather than with one scenario; suite/ finds it.
constexpr std::array kNotOfOneScenario{LintCode::kUnreadableFile, LintCode::kNoScenario,
                                       LintCode::kUnknownScenario, LintCode::kCircularNeeds};

TEST(RejectedScenarios, HaveAmongThemOneForEachCode) {
  std::set<std::string> shown;
  for (const auto& entry : fs::directory_iterator(kRejectedFolder)) {
    if (entry.path().extension() == ".txt") shown.merge(codes_in(chat::content_of(entry.path())));
  }
  for (const LintCodeWord& entry : kLintCodes) {
    const bool expected =
        entry.severity == Severity::kError &&
        std::ranges::find(kNotOfOneScenario, entry.code) == kNotOfOneScenario.end();
    EXPECT_EQ(shown.contains(std::string(entry.word)), expected) << entry.word;
  }
}

TEST(RejectedScenarios, GetTheMessageThatIsKeptBesideThem) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(kRejectedFolder)) {
    if (entry.path().extension() != kScenarioExtension) continue;
    ++count;
    Scenario scenario;
    const std::string shown =
        check_source(chat::content_of(entry.path()), entry.path().filename().string(), scenario);
    EXPECT_NE(shown, "") << entry.path() << " is not rejected";
    const fs::path golden = fs::path(entry.path()).replace_extension(".txt");
    if (std::getenv("CHATSPEC_UPDATE_GOLDEN")) std::ofstream(golden, std::ios::binary) << shown;
    EXPECT_EQ(shown, chat::content_of(golden)) << entry.path();
  }
  EXPECT_GE(count, 20U);
}

}  // namespace
}  // namespace chatspec
