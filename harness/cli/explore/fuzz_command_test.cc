// chatspec fuzz, as its users meet it. Programs whose mistake shows at once, so that little is
// tried.

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;
namespace fs = std::filesystem;

class FuzzCommandTest : public ::testing::Test {
 protected:
  Outcome fuzz(const std::string& words) const {
    return chatspec("fuzz --seed 7 --jobs 2 --without-suite --fail-fast " + words, "2>&1",
                    folder_.at(""));
  }

  // How many it starts for 40 conversations.
  int count_servers(const std::string& words) const {
    const Outcome outcome = fuzz("--conversations 40 --json f.json " + words);
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    const std::string json = folder_.content("f.json");
    return std::stoi(json.substr(json.find("\"servers\": ") + 11));
  }

  static std::string flawed(const std::string& bug) {
    return server("python3 -E -S " + std::string(CHATSPEC_SOURCE_DIR) +
                  "/scenarios/bank/server.py " + bug);
  }

  Folder folder_;
};

TEST_F(FuzzCommandTest, FindsNothingInTheReference) {
  const Outcome outcome = fuzz("--conversations 40 " + server(kBin + "/chat-server"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("Nothing was found that the protocol does not allow."))
      << outcome.output;
}

// Serves one client, and tells by its answers whether it is as new as it was.
constexpr const char* kOneClient = R"(
import socket, sys
listener = socket.create_server(('0.0.0.0', int(sys.argv[1])))
clients = 0
while True:
    connection, _ = listener.accept()
    clients += 1
    line = connection.makefile('rb').readline()
    if line == b'HELLO\n':
        connection.sendall(b'260 OK\n' if clients == 1 else b'500 again\n')
        connection.recv(1)
    connection.close()
)";

// What it says to later clients is not found: each has a process as new as the first. And what it
// does wrong is found by one that was started in earnest.
TEST_F(FuzzCommandTest, ForksAtAccept) {
  folder_.write("server.py", kOneClient);
  const Outcome outcome = fuzz(
      "--fork-at-accept --time 60 --json f.json --server 'python3 -E -S server.py {port} {keys}'");
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_TRUE(outcome.says("1 finding.\n")) << outcome.output;
  EXPECT_TRUE(outcome.says("wrong answer: after HELLO, ")) << outcome.output;
  EXPECT_FALSE(outcome.says("500 again")) << outcome.output;
  EXPECT_TRUE(outcome.says("shown by 20 of 20 fresh servers")) << outcome.output;
}

TEST_F(FuzzCommandTest, StartsAServerThatForksForManyConversations) {
  const std::string correct = server("python3 " + std::string(CHATSPEC_SOURCE_DIR) +
                                     "/scenarios/implementations/correct/python/server.py");
  EXPECT_GE(count_servers(correct), 40);
  EXPECT_LT(count_servers("--fork-at-accept " + correct), 15) << "some for each number of keys";
}

TEST_F(FuzzCommandTest, KeepsAServerThatServesOn) {
  EXPECT_LT(count_servers(server(kBin + "/chat-server --keep-serving")), 15);
}

TEST_F(FuzzCommandTest, ACrashOfAServerThatForksIsFound) {
  folder_.write("server.py", R"(
import os, signal, socket, sys
listener = socket.create_server(('0.0.0.0', int(sys.argv[1])))
connection, _ = listener.accept()
line = connection.makefile('rb').readline()
os.kill(os.getpid(), signal.SIGSEGV)
)");
  const Outcome outcome =
      fuzz("--fork-at-accept --time 60 --server 'python3 -E -S server.py {port} {keys}'");
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_TRUE(outcome.says("crash: ")) << outcome.output;
}

// How many lines a program told that were reached.
class FuzzCoverageTest : public FuzzCommandTest {
 protected:
  int count_lines(const std::string& words) const {
    const Outcome outcome = fuzz("--conversations 12 --coverage --json f.json " + words);
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    const std::string json = folder_.content("f.json");
    const int lines = std::stoi(json.substr(json.find("\"lines\": ") + 9));
    EXPECT_EQ(outcome.says("--coverage: no line of it was told"), lines == 0) << outcome.output;
    if (lines > 0) {
      EXPECT_TRUE(outcome.says(" and " + std::to_string(lines) + " lines of code seen"))
          << outcome.output;
    }
    return lines;
  }

  static std::string correct(const std::string& file) {
    return std::string(CHATSPEC_SOURCE_DIR) + "/scenarios/implementations/correct/" + file;
  }
};

TEST_F(FuzzCoverageTest, CountsLinesOfPython) {
  const int lines = count_lines(server("python3 " + correct("python/server.py")));
  EXPECT_GT(lines, 50);
  EXPECT_LT(lines, 200) << "its own, and not those of Python's library";
}

TEST_F(FuzzCoverageTest, CountsThemOfAServerThatForks) {
  EXPECT_GT(count_lines("--fork-at-accept " + server("python3 " + correct("python/server.py"))),
            50);
}

TEST_F(FuzzCoverageTest, CountsLinesOfAClient) {
  EXPECT_GT(count_lines(client("python3 " + correct("python/client.py"))), 30);
}

TEST_F(FuzzCoverageTest, CountsLinesInNode) {
  if (std::system("node --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "node is not installed";
  EXPECT_GT(count_lines(server("node " + correct("javascript/server.js"))), 50);
}

TEST_F(FuzzCoverageTest, CountsLinesInJava) {
  if (!fs::exists(kBin + "/../libexec/chatspec/java/watch-lines.so"))
    GTEST_SKIP() << "built without a JDK";
  const std::string classes = folder_.at("classes");
  const std::string source = correct("java/Server.java");
  if (std::system(("javac -d '" + classes + "' '" + source + "' 2>/dev/null").c_str()) != 0)
    GTEST_SKIP() << "no Java compiler";
  const int lines = count_lines(server("java -cp " + classes + " Server"));
  EXPECT_GT(lines, 50);
  EXPECT_LT(lines, 150) << "its own, and not those of Java's library";
}

TEST_F(FuzzCoverageTest, SaysThatAProgramTellsNone) {
  EXPECT_EQ(count_lines(server("python3 -E -S " + correct("python/server.py"))), 0);
  EXPECT_EQ(count_lines(server(kBin + "/chat-server")), 0);
}

// The mistake is found once; then it is known by its folder, or accepted.
TEST_F(FuzzCommandTest, WritesAFindingAsAScenarioAndTellsItOnce) {
  const std::string silent = flawed("replies/silent-after-hello");
  const Outcome first = fuzz("--time 60 --out found --json f.json " + silent);
  EXPECT_EQ(first.status, 1) << first.output;
  EXPECT_TRUE(first.says("1 finding.\n")) << first.output;
  EXPECT_TRUE(
      first.says("hang: HELLO: expected 260 OK, came nothing.\n"
                 "     HELLO-2; shown by 20 of 20 fresh servers; "
                 "found/01-hello-2-nothing.chat"))
      << first.output;
  EXPECT_TRUE(folder_.content("f.json").contains("\"shown\": 20")) << folder_.content("f.json");
  EXPECT_TRUE(folder_.content("found/01-hello-2-nothing.chat")
                  .contains("# Cause: HELLO-2; HELLO; 260 OK; nothing\n"));
  const std::string play = "run found/01-hello-2-nothing.chat ";
  EXPECT_EQ(chatspec(play + silent, "2>&1", folder_.at("")).status, 1);
  EXPECT_EQ(chatspec(play + server(kBin + "/chat-server"), "2>&1", folder_.at("")).status, 0);

  const Outcome again = fuzz("--time 60 --out found " + silent);
  EXPECT_EQ(again.status, 1) << again.output;
  EXPECT_TRUE(again.says("1 cause that --out already has came again")) << again.output;
  EXPECT_FALSE(fs::exists(folder_.at("found/02-hello-2-nothing.chat")));
  const Outcome accepted =
      fuzz("--conversations 60 --accept found/01-hello-2-nothing.chat " + silent);
  EXPECT_EQ(accepted.status, 0) << accepted.output;
  EXPECT_TRUE(accepted.says("passed over, as --accept says")) << accepted.output;
}

TEST_F(FuzzCommandTest, FindsNothingInTheReferenceClient) {
  const Outcome outcome = fuzz("--conversations 20 " + client(kBin + "/chat-client"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("Nothing was found that the protocol does not allow."))
      << outcome.output;
}

TEST_F(FuzzCommandTest, WritesAFindingOfAClientAsAScenario) {
  const std::string flawed_client = client("python3 -E -S " + std::string(CHATSPEC_SOURCE_DIR) +
                                           "/scenarios/bank/client.py commands/hello-lower-case");
  const Outcome outcome = fuzz("--time 60 --out found --json f.json " + flawed_client);
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_TRUE(
      outcome.says("wrong answer: at the beginning: expected HELLO, came \"hello\\n\".\n"
                   "     HELLO-1; shown by 20 of 20 fresh clients; "
                   "found/01-hello-1-other-bytes.chat"))
      << outcome.output;
  const std::string json = folder_.content("f.json");
  EXPECT_TRUE(json.contains("\"client\": ") && json.contains("\"clients\": ")) << json;
  const std::string play = "run found/01-hello-1-other-bytes.chat ";
  EXPECT_EQ(chatspec(play + flawed_client, "2>&1", folder_.at("")).status, 1);
  EXPECT_EQ(chatspec(play + client(kBin + "/chat-client"), "2>&1", folder_.at("")).status, 0);
}

TEST_F(FuzzCommandTest, SaysWhyAClientCannotBeAsked) {
  const Outcome outcome = fuzz(
      "--client 'sh -c \"echo no such file >&2; exit 3\" {host} {port} {messages} {signatures}'");
  EXPECT_EQ(outcome.status, 5) << outcome.output;
  EXPECT_TRUE(outcome.says("Nothing was tried: ")) << outcome.output;
  EXPECT_TRUE(outcome.says("(exit status 3); on standard error: \"no such file\\n\""))
      << outcome.output;
}

TEST_F(FuzzCommandTest, SaysWhyAServerCannotBeAsked) {
  const Outcome outcome = fuzz("--server 'sh -c \"echo no such key >&2; exit 3\" {port} {keys}'");
  EXPECT_EQ(outcome.status, 5) << outcome.output;
  EXPECT_TRUE(
      outcome.says("Nothing was tried: the process ended before it listened "
                   "(exit status 3); on standard error: \"no such key\\n\""))
      << outcome.output;
}

TEST_F(FuzzCommandTest, EndsWithItsTimeWhateverTheServerDoes) {
  const Outcome outcome = fuzz("--time 0.2 --server 'sh -c \"exec sleep 1000\" {port} {keys}'");
  EXPECT_EQ(outcome.status, 2) << outcome.output;
  EXPECT_TRUE(outcome.says("Nothing was tried: the time was over")) << outcome.output;
}

TEST_F(FuzzCommandTest, RefusesWhatCannotBeFuzzed) {
  const Outcome none = fuzz("");
  EXPECT_EQ(none.status, 4);
  EXPECT_TRUE(none.says("--server or --client: a program is fuzzed, and none is named"))
      << none.output;
  const Outcome forks = fuzz("--fork-at-accept " + client(kBin + "/chat-client"));
  EXPECT_EQ(forks.status, 4);
  EXPECT_TRUE(forks.says("--fork-at-accept: a client accepts nothing; it is for servers"))
      << forks.output;
  const Outcome bare = fuzz("--profile bare " + server(kBin + "/chat-server"));
  EXPECT_EQ(bare.status, 4);
  EXPECT_TRUE(bare.says("fuzzing takes a profile with line ends")) << bare.output;
  folder_.write("own.chat", "scenario  mine\n");
  const Outcome own = fuzz("--accept own.chat " + server(kBin + "/chat-server"));
  EXPECT_EQ(own.status, 4);
  EXPECT_TRUE(own.says("--accept: own.chat: no finding of chatspec fuzz")) << own.output;
  const Outcome gone = fuzz("--accept gone.chat " + server(kBin + "/chat-server"));
  EXPECT_EQ(gone.status, 4);
  EXPECT_TRUE(gone.says("--accept: gone.chat: cannot read it: No such file or directory"))
      << gone.output;
  folder_.write("corpus/bad.said", "keys 1\nsay HELLO\n");
  const Outcome corpus = fuzz("--corpus corpus " + server(kBin + "/chat-server"));
  EXPECT_EQ(corpus.status, 4);
  EXPECT_TRUE(corpus.says("--corpus: corpus/bad.said: line 2: expected bytes in double quotes"))
      << corpus.output;
  folder_.write("client/one.said", "message \"a\"\nsay \"260 OK\\n\"\n");
  const Outcome other = fuzz("--corpus client " + server(kBin + "/chat-server"));
  EXPECT_EQ(other.status, 4);
  EXPECT_TRUE(
      other.says("client/one.said: this is said to a client, and it is a server that is fuzzed"))
      << other.output;
}

}  // namespace
}  // namespace chatspec
