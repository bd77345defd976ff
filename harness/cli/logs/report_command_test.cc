// chatspec report, as its users meet it.

#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

TEST(Report, TellsByItsStatusWhatTheRunDid) {
  const Folder folder;
  const std::string log = folder.at("log");
  chatspec("run handshake/hello --log " + log + " " + server(kBin + "/chat-server"));
  EXPECT_EQ(chatspec("report " + log).status, 0);
  const std::string whole = folder.content("log");
  folder.write("unended", whole.substr(0, whole.find("{\"record\":\"end\"")));
  EXPECT_EQ(chatspec("report " + folder.at("unended")).status, 2);
  const std::size_t played = whole.find("{\"record\":\"case\"");
  const std::size_t end = whole.find("{\"record\":\"end\"");
  for (const auto& [text, said] :
       {std::pair(whole.substr(0, played) + whole.substr(end), "of 1 cases of a run in "),
        std::pair(whole.substr(played), " has no beginning"),
        std::pair(whole + "{\"record\":\"ru", "a record of ")}) {
    folder.write("part", text);
    const Outcome outcome = chatspec("report " + folder.at("part"));
    EXPECT_EQ(outcome.status, 2) << outcome.output;
    EXPECT_TRUE(outcome.output.contains(said)) << outcome.output;
  }
  folder.write("no-log", "garbage");
  EXPECT_EQ(chatspec("report " + folder.at("no-log")).status, 4);
}

TEST(Report, SaysTheSameAgainFromTheLog) {
  const Folder folder;
  const Outcome run = chatspec("run verdict/fail --seed 7 --log " + folder.at("log") + " " +
                               server(python("flawed/python/server.py")));
  const Outcome report = chatspec("report " + folder.at("log"));
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(report.status, 1);
  EXPECT_EQ(report.output, run.output);
}

}  // namespace
}  // namespace chatspec
