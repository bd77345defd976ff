// chatspec learn, as its users meet it. Few symbols, so that few words are asked.

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;
namespace fs = std::filesystem;

class LearnCommandTest : public ::testing::Test {
 protected:
  Outcome learn(const std::string& words) const {
    return chatspec("learn --seed 7 --extra-states 0 " + words, "2>&1", folder_.at(""));
  }

  static std::string bank(const std::string& bug) {
    return server("python3 " + std::string(CHATSPEC_SOURCE_DIR) + "/scenarios/bank/server.py " +
                  bug);
  }

  Folder folder_;
};

TEST_F(LearnCommandTest, FindsThatTheReferenceIsTheProtocolsMachine) {
  const Outcome outcome = learn(server(kBin + "/chat-server") + " --alphabet 'HELLO QUIT'");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("It is the protocol's machine.\n3 states of 2 symbols"))
      << outcome.output;
  EXPECT_TRUE(outcome.says("note: correct if it has at most 3 states")) << outcome.output;
  EXPECT_FALSE(outcome.says("until it is mended")) << outcome.output;
}

// It answers as it should, and then closes.
TEST_F(LearnCommandTest, ShowsADifferenceWithAScenarioThatFailsWhenItIsPlayed) {
  const std::string closes = bank("verdict/pass-closes");
  const Outcome outcome = learn(closes +
                                " --alphabet HELLO,message,PASS --out found --dot m.dot "
                                "--html m.html --json m.json");
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_TRUE(outcome.says("After HELLO message, PASS: expected 260 OK, came 260 OK, closed."))
      << outcome.output;
  EXPECT_TRUE(folder_.content("m.dot").contains("color=red"));
  EXPECT_TRUE(folder_.content("m.json").contains("\"conforms\": false"));
  EXPECT_TRUE(folder_.content("m.html").contains("After HELLO message, PASS"));
  const std::string witness = "found/01-hello-message-pass.chat";
  EXPECT_EQ(chatspec("lint --strict " + witness, "2>&1", folder_.at("")).status, 0);
  const Outcome played = chatspec("run " + witness + " " + closes, "2>&1", folder_.at(""));
  EXPECT_EQ(played.status, 1) << played.output;
  EXPECT_TRUE(played.says("[closed-early]")) << played.output;
  EXPECT_EQ(chatspec("run " + witness + " " + server(kBin + "/chat-server"), "2>&1", folder_.at(""))
                .status,
            0);
}

TEST_F(LearnCommandTest, FindsThatTheReferenceClientIsTheProtocolsMachine) {
  const Outcome outcome = learn(client(kBin + "/chat-client") + " --alphabet '260 signed 500'");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("It is the protocol's machine.\n6 states of 3 symbols"))
      << outcome.output;
}

TEST_F(LearnCommandTest, ShowsADifferenceOfAClient) {
  const std::string goes_on = client("python3 -E -S " + std::string(CHATSPEC_SOURCE_DIR) +
                                     "/scenarios/bank/client.py replies/ok-for-hello-unchecked");
  const Outcome outcome = learn(goes_on + " --alphabet '500 end' --out found --json m.json");
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_TRUE(outcome.says("At the beginning, 500: expected closed, came DATA, text right."))
      << outcome.output;
  EXPECT_TRUE(outcome.says("what else is wrong from there on is not told until it is mended"))
      << outcome.output;
  EXPECT_TRUE(folder_.content("m.json").contains("\"client\": ")) << folder_.content("m.json");
  const std::string play = "run found/01-500.chat ";
  const Outcome played = chatspec(play + goes_on, "2>&1", folder_.at(""));
  EXPECT_EQ(played.status, 1) << played.output;
  EXPECT_TRUE(played.says("[unexpected-data]")) << played.output;
  EXPECT_EQ(chatspec(play + client(kBin + "/chat-client"), "2>&1", folder_.at("")).status, 0);
}

TEST_F(LearnCommandTest, SaysWhyAServerCannotBeAsked) {
  const Outcome outcome = learn("--server 'sh -c \"echo no such key >&2; exit 3\" {port} {keys}'");
  EXPECT_EQ(outcome.status, 5) << outcome.output;
  EXPECT_TRUE(
      outcome.says("Nothing is known for certain: the process ended before it listened "
                   "(exit status 3); on standard error: \"no such key\\n\""))
      << outcome.output;
}

// More states make more words than any time is enough for.
TEST_F(LearnCommandTest, AcquitsNobodyOfWhomTheTimeWasOverBeforeAllWasAsked) {
  const Outcome outcome = chatspec("learn --seed 7 --extra-states 4 --time 1.5 " +
                                   server(kBin + "/chat-server --keep-serving"));
  EXPECT_EQ(outcome.status, 2) << outcome.output;
  EXPECT_FALSE(outcome.says("It is the protocol's machine")) << outcome.output;
}

TEST_F(LearnCommandTest, EndsWithItsTimeWhateverTheServerDoes) {
  const Outcome outcome = learn("--time 0.2 --server 'sh -c \"exec sleep 1000\" {port} {keys}'");
  EXPECT_EQ(outcome.status, 2) << outcome.output;
  EXPECT_TRUE(outcome.says("Nothing is known for certain: the time was over: ")) << outcome.output;
}

TEST_F(LearnCommandTest, RefusesWhatCannotBeLearned) {
  const Outcome none = learn("");
  EXPECT_EQ(none.status, 4);
  EXPECT_TRUE(none.says("--server or --client: a program is learned, and none is named"))
      << none.output;
  const Outcome word = learn(server(kBin + "/chat-server") + " --alphabet HELO");
  EXPECT_EQ(word.status, 4);
  EXPECT_TRUE(word.says("--alphabet: no symbol is called \"HELO\"; did you mean HELLO?"))
      << word.output;
}

TEST_F(LearnCommandTest, TakesTheServerOfTheProjectsSettings) {
  folder_.write("chatspec.conf", "server " + kBin + "/chat-server {port} {keys}\n" + "client " +
                                     kBin + "/chat-client {host} {port} {messages} {signatures}\n" +
                                     "tag core\n");
  const Outcome outcome = learn("--role server --alphabet HELLO");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

}  // namespace
}  // namespace chatspec
