// chatspec reproduce, as its users meet it: the scripts that it writes are played with programs
// that have the mistake, and with those that do not.

#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

const std::string kFlawedServer = python("flawed/python/server.py");
const std::string kFlawedClient = python("flawed/python/client.py");

// Plays the cases that a name selects, and keeps their log.
void record(const Folder& folder, const std::string& words) {
  chatspec("run -q --seed 7 --log-events all --log " + folder.at("log") + " " + words);
}

void reproduce(const Folder& folder, const std::string& id) {
  const Outcome outcome =
      chatspec("reproduce " + folder.at("log") + " '" + id + "' --out " + folder.at("out"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

Outcome play(const Folder& folder, const std::string& words) {
  return chat::run_command_line("python3 '" + folder.at("out/reproduce.py") + "' " + words +
                                " 2>&1");
}

Outcome play_server(const Folder& folder, const std::string& server) {
  return play(folder, "127.0.0.1 0 --silence 0.3 -- " + server + " {port} {keys}");
}

Outcome play_client(const Folder& folder, const std::string& client) {
  return play(folder, "-- " + client + " {host} {port} {messages} {signatures}");
}

TEST(Reproduce, TellsAServerWithTheMistakeFromARightOne) {
  const Folder folder;
  record(folder, "verdict/fail " + server(kFlawedServer));
  reproduce(folder, "verdict/fail");
  const Outcome flawed = play_server(folder, kFlawedServer);
  EXPECT_EQ(flawed.status, 1) << flawed.output;
  EXPECT_TRUE(flawed.output.contains("expected  b'260 OK\\n'\nreceived  b'260 FAIL\\n'\n"))
      << flawed.output;
  const Outcome right = play_server(folder, kBin + "/chat-server");
  EXPECT_EQ(right.status, 0) << right.output;
}

TEST(Reproduce, TellsAClientWithTheMistakeFromARightOne) {
  const Folder folder;
  record(folder, "escaping/backslash " + client(kFlawedClient));
  reproduce(folder, "escaping/backslash");
  const Outcome flawed = play_client(folder, kFlawedClient);
  EXPECT_EQ(flawed.status, 1) << flawed.output;
  EXPECT_TRUE(flawed.output.contains("\nexpected  b'\\\\\\\\begin")) << flawed.output;
  const Outcome right = play_client(folder, kBin + "/chat-client");
  EXPECT_EQ(right.status, 0) << right.output;
}

TEST(Reproduce, TellsASilentProgramAndOneThatCannotBeStarted) {
  const Folder folder;
  record(folder, "handshake/hello " + server(kBin + "/chat-server"));
  reproduce(folder, "handshake/hello");
  folder.write("silent.py",
               "import socket, sys\n"
               "connection, _ = socket.create_server(('', int(sys.argv[1]))).accept()\n"
               "while connection.recv(4096): pass\n");
  const Outcome silent =
      play(folder, "127.0.0.1 0 --limit 0.5 -- python3 " + folder.at("silent.py") + " {port}");
  EXPECT_EQ(silent.status, 1) << silent.output;
  EXPECT_TRUE(silent.output.contains("received  nothing within 0.5 s")) << silent.output;
  const Outcome absent = play_server(folder, folder.at("absent"));
  EXPECT_EQ(absent.status, 2) << absent.output;
  const Outcome ended = play_server(folder, "false");
  EXPECT_EQ(ended.status, 1) << ended.output;
  EXPECT_TRUE(ended.output.contains("received  it ended with status 1\n")) << ended.output;
}

// Ways of ending a connection, silence, and a server that is started again.
TEST(Reproduce, FindsNothingWrongWithTheServerOfWhichTheLogIs) {
  const Folder folder;
  const std::string program = kBin + "/chat-server";
  const std::vector<std::string> ids{"end/in-message", "end/reset-in-message", "end/at-dot",
                                     "stream/dot-without-line-end", "lifecycle/starts-again"};
  std::string names;
  for (const std::string& id : ids) names += id + " ";
  record(folder, names + "--play-on " + server(program));
  for (const std::string& id : ids) {
    reproduce(folder, id);
    const Outcome outcome = play_server(folder, program);
    EXPECT_EQ(outcome.status, 0) << id << "\n" << outcome.output;
    std::filesystem::remove_all(folder.at("out"));
  }
}

TEST(Reproduce, NamesACaseThatMayBeMeantAndSaysWhereNothingIsKnown) {
  const Folder folder;
  chatspec("run handshake/hello --log " + folder.at("log") + " " + server(kBin + "/chat-server"));
  const std::string out = " --out " + folder.at("out");
  const Outcome misspelt = chatspec("reproduce " + folder.at("log") + " handshake/helo" + out);
  EXPECT_EQ(misspelt.status, 4);
  EXPECT_TRUE(misspelt.output.contains("did you mean \"handshake/hello\"?")) << misspelt.output;
  const Outcome passed = chatspec("reproduce " + folder.at("log") + " handshake/hello" + out);
  EXPECT_EQ(passed.status, 4);
  EXPECT_TRUE(passed.output.contains("--log-events all")) << passed.output;
  EXPECT_FALSE(std::filesystem::exists(folder.at("out")));
}

TEST(Reproduce, WritesAllOrNothingAndNeverOverAnything) {
  const Folder folder;
  record(folder, "handshake/hello " + server(kBin + "/chat-server"));
  const std::string words = "reproduce " + folder.at("log") + " handshake/hello --out ";
  folder.write("full/mine", "x");
  EXPECT_EQ(chatspec(words + folder.at("full")).status, 4);
  EXPECT_EQ(chatspec(words + folder.at("log")).status, 4);
  EXPECT_EQ(chatspec(words + folder.at("no/such")).status, 3) << "it could not be written";
  std::filesystem::create_directory(folder.at("empty"));
  EXPECT_EQ(chatspec(words + folder.at("empty/")).status, 0);
  EXPECT_FALSE(folder.content("empty/README.txt").empty());
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
    ++entries;
  EXPECT_EQ(entries, 3U) << "full, log and empty";
}

// Wireshark's own opinion, where it is installed.
TEST(Reproduce, WritesPacketsThatWiresharkFindsNothingWrongWith) {
  if (chat::run_command_line("command -v tshark").output.empty()) GTEST_SKIP() << "no tshark";
  const Folder folder;
  record(folder, "signature/second-key " + server(kFlawedServer));
  reproduce(folder, "signature/second-key");
  const Outcome wrong = chat::run_command_line(
      "tshark -r '" + folder.at("out/conversation.pcap") +
      "' -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE "
      "-Y '_ws.malformed or ip.checksum.status != 1 or tcp.checksum.status != 1 or "
      "tcp.analysis.lost_segment'");
  EXPECT_EQ(wrong.status, 0);
  EXPECT_EQ(wrong.output, "");
}

}  // namespace
}  // namespace chatspec
