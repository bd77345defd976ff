// chatspec run, as its users meet it.

#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using namespace testing_cli;

TEST(ProgramWords, BehindTwoDashesNeedNoQuotes) {
  const Folder folder;
  const Outcome outcome =
      chatspec("run quit/at-once --log " + folder.at("log") +
               " --server -- sh -c 'exec \"$@\"' - '" + kBin + "/chat-server' {port} {keys} ''");
  EXPECT_EQ(verdicts_in(folder.at("log"))["quit/at-once"], "exited-early")
      << "an empty word is one too many: " << outcome.output;
  const std::string plain =
      "run quit/at-once --server -- sh -c 'exec \"$@\"' - '" + kBin + "/chat-server' {port} {keys}";
  EXPECT_EQ(chatspec(plain).status, 0) << chatspec(plain).output;
}

TEST(ProgramWords, AreNoMatterOfOtherCommands) {
  EXPECT_EQ(chatspec("list -- handshake/hello").status, 0);
}

TEST(Log, ReplacesAnOlderOneAndNoOtherFile) {
  const Folder folder;
  const std::string run = "run quit/at-once " + server(kBin + "/chat-server") + " --log ";
  const std::string log = folder.write("log", "");  // empty: made for it
  EXPECT_EQ(chatspec(run + log).status, 0);
  EXPECT_EQ(chatspec(run + log).status, 0);
  const Outcome outcome = chatspec(run + folder.write("server.py", "print()\n"));
  EXPECT_EQ(outcome.status, 4);
  EXPECT_NE(outcome.output.find("this file exists, and is not a log of chatspec"),
            std::string::npos)
      << outcome.output;
  EXPECT_EQ(folder.content("server.py"), "print()\n");
}

TEST(Connect, SkipsWhatTheRemoteServerHasTooFewKeysFor) {
  const Folder folder;
  const Outcome outcome =
      chatspec("run --connect 127.0.0.1:1 --keys " + folder.write("keys", "the only one\n") +
               " --log " + folder.at("log") + " signature/second-key");
  EXPECT_EQ(outcome.status, 5) << outcome.output;
  EXPECT_EQ(verdicts_in(folder.at("log"))["signature/second-key"], "skipped");
  EXPECT_NE(folder.content("log").find("the remote server has no key 2"), std::string::npos);
}

void expect_complete_log_after(const std::string& signal) {
  const Folder folder;
  fs::create_directory(folder.at("tmp"));
  // A server that asks for the interrupt itself, in the middle of the run.
  const std::string interrupter =
      folder.write("server.sh", "kill -" + signal + " $(cat " + folder.at("pid") +
                                    ")\nexec tail -f /dev/null\n");
  const std::string command =
      "sh -c 'echo $$ >" + folder.at("pid") +
      "; exec \"$@\"' - env --default-signal=HUP TMPDIR=" + folder.at("tmp") + " '" + kBin +
      "/chatspec' run --isolation plain --deadline 60 --jobs 2 --log " + folder.at("log") + " " +
      server("sh " + interrupter) + " >" + folder.at("output");
  const int status = std::system(command.c_str());
  EXPECT_EQ(WEXITSTATUS(status), 2);
  EXPECT_NE(folder.content("output").find("interrupted"), std::string::npos);
  const auto log = parse_log(folder.content("log"), "log");
  ASSERT_TRUE(log);
  EXPECT_FALSE(log->cut_off);
  ASSERT_FALSE(log->records.empty());
  const auto* end = std::get_if<EndRecord>(&log->records.back());
  ASSERT_NE(end, nullptr);
  EXPECT_TRUE(end->interrupted);
  EXPECT_TRUE(fs::is_empty(folder.at("tmp")));
}

TEST(Interrupts, EndTheRunWithACompleteLog) {
  for (const std::string signal : {"INT", "TERM", "HUP"}) expect_complete_log_after(signal);
}

TEST(Mistakes, OfAScenarioAreFoundBeforeAnythingRuns) {
  const Folder folder;
  const std::string path = folder.write(
      "wrong.chat", "scenario  t\ncovers    HELLO-2\nrole      server\n\nC: HELLO\nS: <clsoe>\n");
  const Outcome outcome = chatspec("run " + path + " " + server("/bin/true"));
  EXPECT_EQ(outcome.status, 4);
  EXPECT_NE(outcome.output.find(":6:4: error: "), std::string::npos) << outcome.output;
}

TEST(Servers, ThatDoNotComeUpAreTold) {
  const Folder folder;
  const Outcome exits =
      chatspec("run start/listens --log " + folder.at("a") + " " + server("/bin/false"));
  EXPECT_EQ(exits.status, 1);
  EXPECT_EQ(verdicts_in(folder.at("a")).at("start/listens"), "exited-early") << exits.output;
  const Outcome silent = chatspec("run start/listens --deadline 0.1 --log " + folder.at("b") +
                                  " --server 'sh -c \"exec tail -f /dev/null\" {port} {keys}'");
  EXPECT_EQ(silent.status, 1);
  EXPECT_EQ(verdicts_in(folder.at("b")).at("start/listens"), "never-listened") << silent.output;
}

TEST(Servers, WithOneBugCostOneFailure) {
  const Folder folder;
  const Outcome outcome = chatspec("run -q --log " + folder.at("log") + " " + server("/bin/false"));
  EXPECT_EQ(outcome.status, 1);
  for (const auto& [id, verdict] : verdicts_in(folder.at("log"))) {
    EXPECT_EQ(verdict, id == "start/listens" ? "exited-early" : "skipped") << id;
  }
}

TEST(Selection, OfPathsAndNamesTakesBoth) {
  const Folder folder;
  const std::string path = folder.write(
      "own.chat", "scenario  t\ncovers    HELLO-2\nrole      server\n\nC: HELLO\nS: 260 OK\n");
  const Outcome both = chatspec("list --tag core handshake/hello " + path);
  EXPECT_EQ(both.output.find("/own"), std::string::npos) << "it has no tag";
  const Outcome untagged = chatspec("list handshake/hello " + path);
  EXPECT_EQ(untagged.status, 0);
  EXPECT_TRUE(untagged.output.contains("handshake/hello ")) << untagged.output;
  EXPECT_TRUE(untagged.output.contains("/own ")) << untagged.output;
}

TEST(Selection, OfAnOptionTakesOneWordAndLeavesTheNextToBeAName) {
  const Outcome outcome = chatspec("list --tag core --level must handshake/hello");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.output.starts_with("handshake/hello ")) << outcome.output;
}

TEST(Selection, HoldsForTheCoverageToo) {
  EXPECT_NE(chatspec("list --coverage").output, chatspec("list --coverage handshake").output);
}

TEST(Suite, OfTwoFilesWithOneIdIsRefused) {
  const Folder folder;
  for (const char* name : {"a", "b"}) fs::create_directories(folder.at(name) + "/mine");
  const std::string text =
      "scenario  t\ncovers    HELLO-2\nrole      server\n\nC: HELLO\nS: 260 OK\n";
  const std::string first = folder.write("a/mine/x.chat", text);
  const std::string second = folder.write("b/mine/x.chat", text);
  EXPECT_EQ(chatspec("lint " + first + " " + first).status, 0);
  const Outcome outcome = chatspec("lint " + first + " " + second);
  EXPECT_EQ(outcome.status, 4);
  EXPECT_EQ(outcome.output,
            second + ": error: its id, mine/x, is that of " + first + " too [duplicate]\n");
}

// Serves one client, as LIFE-2 allows, and is gone.
class OneClientServer {
 public:
  OneClientServer() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    const bool ready = bind(listener_, plain, size) == 0 && listen(listener_, 8) == 0 &&
                       getsockname(listener_, plain, &size) == 0;
    EXPECT_TRUE(ready);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
  }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  void serve() const {
    const int connection = accept(listener_, nullptr, nullptr);
    close(listener_);
    char hello[6];
    const bool heard = recv(connection, hello, sizeof hello, MSG_WAITALL) > 0;
    EXPECT_TRUE(heard && send(connection, "260 OK\n", 7, MSG_NOSIGNAL) == 7);
    while (recv(connection, hello, sizeof hello, 0) > 0) {
    }
    close(connection);
  }

  int listener_;
  int port_ = 0;
  std::jthread thread_;
};

TEST(Chatspec, ARemoteServerThatServesOneClientIsNotCalledGood) {
  const OneClientServer server;
  const Folder folder;
  const Outcome run = chatspec("run --connect " + server.address() +
                               " handshake/hello quit/at-once -q --log " + folder.at("log"));
  EXPECT_EQ(run.status, 5);
  EXPECT_NE(run.output.find("accepted no connection after handshake/hello"), std::string::npos)
      << run.output;
  const Outcome report = chatspec("report " + folder.at("log"));
  EXPECT_EQ(report.status, 5);
  EXPECT_NE(report.output.find("accepted no connection after handshake/hello"), std::string::npos)
      << report.output;
  for (const auto& [id, verdict] : verdicts_in(folder.at("log")))
    EXPECT_EQ(verdict, id == "handshake/hello" ? "pass" : "skipped") << id;
}

}  // namespace
}  // namespace chatspec
