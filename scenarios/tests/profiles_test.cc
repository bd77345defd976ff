// The reference programs pass the whole suite in every example of a course's profile: what
// harness/judge/profiles_test.cc plays in memory, with processes and sockets, and what a program
// prints and how it ends.

#include <gtest/gtest.h>

#include "harness/judge/tests/example_profiles.h"
#include "reference/tests/test_folder.h"
#include "scenarios/tests/run_chatspec.h"

namespace chatspec {
namespace {

class InProfile : public testing::TestWithParam<ExampleProfile> {};

// The core is played in every test run. The whole suite takes minutes: a target of its own.
#ifdef CHATSPEC_CORE_ONLY
constexpr const char* kSelected = " --tag core";
constexpr std::size_t kCasesAtLeast = 45;
#else
constexpr const char* kSelected = "";
constexpr std::size_t kCasesAtLeast = 200;
#endif

TEST_P(InProfile, TheReferenceProgramsPassTheSuite) {
  const chat::TestFolder own;
  const std::string profile = " --profile " + own.write("profile", std::string(GetParam().text));
  const std::string folder = CHATSPEC_BIN_DIR "/";
  for (const std::string& program :
       {"--server " + quote_word(folder + "chat-server" + profile + " {port} {keys}"),
        "--client " + quote_word(folder + "chat-client" + profile +
                                 " {host} {port} {messages} {signatures}")}) {
    const SuiteOutcome outcome =
        run_suite("--deadline 60 --jobs 2" + profile + kSelected + " " + program);
    EXPECT_EQ(outcome.program.status, 0) << outcome.program.output;
    EXPECT_GE(outcome.cases.size(), kCasesAtLeast);
    for (const auto& [id, found] : outcome.cases)
      EXPECT_NE(found.verdict, Verdict::kDeviates) << id << "\n" << outcome.program.output;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, InProfile, testing::ValuesIn(example_profiles()),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace chatspec
