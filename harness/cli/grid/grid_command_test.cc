// chatspec grid, as its users meet it.

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;
namespace fs = std::filesystem;

// In the tier that every machine has.
const std::string kGridHead = "isolation plain\n";

std::string implementation(const std::string& name, const std::string& server_words,
                           const std::string& client_words) {
  std::string text = "implementation " + name + "\n";
  if (!server_words.empty()) text += "  server " + server_words + " {port} {keys}\n";
  if (!client_words.empty())
    text += "  client " + client_words + " {host} {port} {messages} {signatures}\n";
  return text;
}

const std::string kReferencePair =
    implementation("reference", kBin + "/chat-server", kBin + "/chat-client");
const std::string kFlawedPair =
    implementation("flawed", python("flawed/python/server.py"), python("flawed/python/client.py"));

class GridCommand : public ::testing::Test {
 protected:
  Outcome grid(const std::string& file, const std::string& words = "") const {
    folder_.write("grid.conf", file);
    return chatspec("grid grid.conf --out out --seed 7 " + words, "2>&1", folder_.at(""));
  }

  Folder folder_;
};

TEST_F(GridCommand, ShowsWhoGetsOnWithWhomAndWhoIsToBlame) {
  const Outcome outcome = grid(kGridHead + kReferencePair + kFlawedPair);
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_TRUE(
      outcome.output.contains("client     reference  flawed\n"
                              "reference  ok         server\n"
                              "flawed     "))
      << outcome.output;
  EXPECT_TRUE(outcome.says("client reference, server flawed")) << outcome.output;
  EXPECT_TRUE(outcome.says("[VERDICT-2]") || outcome.says("[SIG-1]")) << outcome.output;
  const std::string csv = folder_.content("out/grid.csv");
  EXPECT_TRUE(csv.contains("reference,reference,ok,yes,6,6,,,,pairs/reference--reference.pcap\r\n"))
      << csv;
  EXPECT_TRUE(folder_.content("out/grid.html").contains("#pair-1-2"));
  EXPECT_TRUE(folder_.content("out/grid.json").contains("\"outcome\": \"server\""));
  EXPECT_TRUE(fs::exists(folder_.at("out/pairs/flawed--flawed.pcap")));
  EXPECT_FALSE(fs::exists(folder_.at("out/unpacked")));
}

TEST_F(GridCommand, WhatIsNotThereIsToldWithItsLineAndTheRestIsPlayed) {
  const Outcome outcome =
      grid(kGridHead + kReferencePair + implementation("ghost", "./no-such-server", ""));
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_TRUE(outcome.says("grid.conf:5: ghost: ")) << outcome.output;
  EXPECT_TRUE(outcome.output.contains("reference  ok         -\n")) << outcome.output;
}

TEST_F(GridCommand, AWrongFileIsToldBeforeAnythingIsPlayedAndLeavesNothing) {
  const Outcome outcome = grid("implementation a\n  server x {port}\n  clint y\n");
  EXPECT_EQ(outcome.status, 4) << outcome.output;
  EXPECT_TRUE(outcome.says("grid.conf:3: unknown setting \"clint\"; did you mean \"client\"?"))
      << outcome.output;
  EXPECT_FALSE(fs::exists(folder_.at("out")));
  const Outcome alone = grid(implementation("a", kBin + "/chat-server", ""));
  EXPECT_EQ(alone.status, 4);
  EXPECT_TRUE(alone.says("expected an implementation with a `client`, there is none"));
  folder_.write("out/mine.txt", "");
  const Outcome full = grid(kReferencePair);
  EXPECT_EQ(full.status, 4);
  EXPECT_TRUE(full.says("expected an empty folder")) << full.output;
}

}  // namespace
}  // namespace chatspec
