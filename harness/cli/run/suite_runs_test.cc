// The whole suite, played as its users do, with real implementations.

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

// Sanitizers make all of it slow. Threads do the same whatever is played; for the others the whole
// suite is played with the reference pair in one profile.
bool plays_whole_suite(const std::string& implementation) {
  const std::string_view sanitizers = CHATSPEC_SANITIZE;
  if (sanitizers.contains("thread")) return implementation.empty();
  if (sanitizers.contains("address")) return implementation.starts_with("--profile line");
  return !implementation.empty();
}

class Passes : public testing::TestWithParam<std::string> {};

// Deadlines are long: nothing here is to run into one but the scenarios that expect silence.
TEST_P(Passes, EveryScenarioOfItsRoleAndProfile) {
  const Outcome outcome = chatspec("run --deadline 60 " + GetParam() +
                                   (plays_whole_suite(GetParam()) ? "" : " --tag core"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_EQ(outcome.output.find("deviates"), std::string::npos) << outcome.output;
}

std::string reference(const std::string& program, const std::string& profile) {
  const std::string words = kBin + "/" + program + " --profile " + profile;
  return "--profile " + profile + " " + (program == "chat-server" ? server(words) : client(words));
}

INSTANTIATE_TEST_SUITE_P(
    Implementations, Passes,
    testing::Values(reference("chat-server", "line"), reference("chat-server", "crlf"),
                    reference("chat-server", "bare"), reference("chat-client", "line"),
                    reference("chat-client", "crlf"), reference("chat-client", "bare"),
                    server(python("correct/python/server.py")),
                    client(python("correct/python/client.py"))));

// The table in implementations/flawed/README.md, held to.
TEST(FlawedPrograms, AreCaughtByTheScenariosMeantForTheirMistakes) {
  const Folder folder;
  std::map<std::string, std::map<std::string, std::string>> verdicts;
  for (const auto& [role, option] :
       {std::pair("server", server(python("flawed/python/server.py"))),
        std::pair("client", client(python("flawed/python/client.py")))}) {
    const Outcome outcome = chatspec(
        "run --deadline 60 -q --log " + folder.at("log") +
        " signature escaping verdict files/trailing-blanks files/no-last-line-end " + option);
    EXPECT_EQ(outcome.status, 1) << outcome.output;
    verdicts[role] = verdicts_in(folder.at("log"));
  }
  std::ifstream readme(kPrograms + "flawed/README.md");
  std::size_t mistakes = 0;
  for (std::string line; std::getline(readme, line);) {
    std::istringstream cells(line);
    std::string nothing, program, mistake, scenario, failure;
    const auto cell = [&](std::string& out) {
      std::getline(cells, out, '|');
      out = out.substr(std::min(out.find_first_not_of(' '), out.size()));
      out = out.substr(0, out.find_last_not_of(' ') + 1);
    };
    cell(nothing), cell(program), cell(mistake), cell(scenario), cell(failure);
    if (!verdicts.contains(program)) continue;
    ++mistakes;
    EXPECT_EQ(verdicts[program][scenario], failure) << mistake;
  }
  EXPECT_EQ(mistakes, 6U);
}

}  // namespace
}  // namespace chatspec
