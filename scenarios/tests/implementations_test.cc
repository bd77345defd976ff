// The correct implementations, in all their languages: the suite blames none of them for anything.

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "scenarios/tests/run_chatspec.h"

namespace chatspec {
namespace {

constexpr int kToolsMissing = 3;  // of ci/implementations

struct Implementation {
  std::string name, role, profile, packages;
  std::string only;  // the tag of what it is good for, where that is not the whole suite
};
void PrintTo(const Implementation& one, std::ostream* out) {
  *out << one.name;
}

std::vector<Implementation> read_implementations() {
  std::ifstream file(CHATSPEC_SOURCE_DIR "/scenarios/implementations/correct/implementations.json");
  const auto list = nlohmann::json::parse(file);
  std::vector<Implementation> all;
  for (const auto& one : list)
    all.push_back({one.at("name"), one.at("role"), one.at("profile"), one.at("packages"),
                   one.value("only", "")});
  return all;
}

class Correct : public testing::TestWithParam<Implementation> {};

// By default the chapters that a course tests, since a hundred starts of some runtimes take a
// minute; the whole suite for those that start at once, and for all where CHATSPEC_ALL is set.
std::string cases_for(const Implementation& one) {
  if (!one.only.empty()) return " --tag " + one.only;
  const bool starts_at_once = one.name.starts_with("c-") || one.name.starts_with("bare-c-");
  return starts_at_once || std::getenv("CHATSPEC_ALL") ? "" : " --tag core";
}

TEST_P(Correct, ImplementationPasses) {
  const Implementation& one = GetParam();
  const Outcome command =
      run_command(quote_word(CHATSPEC_SOURCE_DIR "/ci/implementations") + " command --into " +
                  quote_word(CHATSPEC_BIN_DIR "/../implementations") + " " + one.name);
  if (command.status == kToolsMissing) GTEST_SKIP() << "it needs " << one.packages;
  ASSERT_EQ(command.status, 0) << command.output;
  const std::string words =
      command.output.substr(command.output.rfind('\n', command.output.size() - 2) + 1);
  const SuiteOutcome outcome =
      run_suite("--deadline 60 --jobs 2 --profile auto" + cases_for(one) + " --" + one.role + " " +
                quote_word(words.substr(0, words.find('\n'))));
  EXPECT_EQ(outcome.program.status, 0) << outcome.program.output;
  EXPECT_TRUE(outcome.program.output.contains("--profile auto: " + one.profile + ", since"))
      << outcome.program.output;
  EXPECT_GT(outcome.cases.size(), 20U);
  for (const auto& [id, found] : outcome.cases)
    EXPECT_NE(found.verdict, Verdict::kDeviates) << id << "\n" << outcome.program.output;
}

INSTANTIATE_TEST_SUITE_P(Of, Correct, testing::ValuesIn(read_implementations()),
                         [](const auto& implementation) {
                           std::string name = implementation.param.name;
                           for (char& c : name)
                             if (c == '-') c = '_';
                           return name;
                         });

TEST(Implementations, AreOfTenLanguagesAtLeastInBothRoles) {
  std::map<std::string, std::string> roles;
  for (const Implementation& one : read_implementations()) {
    const std::size_t dash = one.name.rfind('-');
    EXPECT_EQ(one.name.substr(dash + 1), one.role);
    roles[one.name.substr(0, dash)] += one.role[0];
  }
  for (const auto& [language, both] : roles) EXPECT_EQ(both.size(), 2U) << language;
  EXPECT_GE(roles.size(), 12U);  // ten languages, and bare ones
}

}  // namespace
}  // namespace chatspec
