// chatspec.conf and `chatspec init`, as their users meet them.

#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

// Runs chatspec in a folder.
Outcome in(const Folder& folder, const std::string& arguments) {
  return chatspec(arguments, "2>&1", folder.at(""));
}

const std::string kServerLine = "server  " + kBin + "/chat-server {port} {keys}\n";
const std::string kClientLine =
    "client  " + kBin + "/chat-client {host} {port} {messages} {signatures}\n";

TEST(Configuration, SaysWhatARunInItsFolderDoes) {
  const Folder folder;
  folder.write("chatspec.conf",
               "\xef\xbb\xbf# ours\n" + kServerLine +
                   "scenarios  handshake   # the beginning\nexclude \"handshake/hello\"\n"
                   "jobs 3\nname  our server # 1\n");
  const Outcome outcome = in(folder, "run --log log");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("with the settings of chatspec.conf")) << outcome.output;
  EXPECT_TRUE(folder.content("log").contains(R"("name":"our server")")) << folder.content("log");
  EXPECT_TRUE(folder.content("log").contains(R"("jobs":3)"));
  for (const auto& [id, verdict] : verdicts_in(folder.at("log")))
    EXPECT_TRUE(id.starts_with("handshake/") && id != "handshake/hello") << id;
}

TEST(Configuration, GivesWayToOptions) {
  const Folder folder;
  folder.write("chatspec.conf", kServerLine + "scenarios handshake\njobs 3\nname theirs\n");
  EXPECT_EQ(in(folder, "run quit --name ours --log log -q").status, 0);
  EXPECT_TRUE(folder.content("log").contains(R"("name":"ours")"));
  for (const auto& [id, verdict] : verdicts_in(folder.at("log")))
    EXPECT_TRUE(id.starts_with("quit/")) << id;
}

TEST(Configuration, OfTheFolderIsNotReadWhereAProgramIsNamed) {
  const Folder folder;
  folder.write("chatspec.conf", "isolation plain\nnonsense\n");
  const Outcome outcome = in(folder, "run handshake -q " + server(kBin + "/chat-server"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(Configuration, LooksUpPathsFromItsOwnFolder) {
  const Folder folder;
  std::filesystem::create_directory(folder.at("sub"));
  folder.write("sub/chatspec.conf",
               "server sh start.sh {port} {keys}\nprofile own.profile\n"
               "known known.txt\nscenarios handshake\n");
  folder.write("sub/start.sh", "exec " + kBin + "/chat-server --profile bare $1 $2\n");
  folder.write("sub/own.profile", "name own\nbase bare\n");
  folder.write("sub/known.txt", "");
  const Outcome outcome = in(folder, "run --config sub/chatspec.conf");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("profile own")) << outcome.output;
}

TEST(Configuration, WithTwoProgramsAsksWhichIsMeant) {
  const Folder folder;
  folder.write("chatspec.conf", kServerLine + kClientLine + "scenarios handshake\n");
  const Outcome outcome = in(folder, "run");
  EXPECT_EQ(outcome.status, 4);
  EXPECT_TRUE(
      outcome.says("chatspec.conf:2: a server and a client are set: say which of them is "
                   "meant, --role server or --role client"))
      << outcome.output;
  EXPECT_EQ(in(folder, "run --role server").status, 0);
  const Outcome as_client = in(folder, "run --role client");
  EXPECT_EQ(as_client.status, 0);
  EXPECT_TRUE(as_client.says("chat-client")) << as_client.output;
}

TEST(Configuration, NamesTheLinesThatAreWrong) {
  const Folder folder;
  folder.write("chatspec.conf", "sever x\njobs 1\njobs 2\nname\nserver \"unclosed\nlog here\n");
  const Outcome outcome = in(folder, "run");
  EXPECT_EQ(outcome.status, 4);
  for (const char* problem :
       {"chatspec.conf:1: unknown setting \"sever\"; did you mean \"server\"?",
        "chatspec.conf:3: jobs is set twice, first in line 2",
        "chatspec.conf:4: name: expected a value after the setting's name",
        "chatspec.conf:5: server: expected a closing double quote",
        "chatspec.conf:6: unknown setting \"log\""}) {
    EXPECT_TRUE(outcome.says(problem)) << problem << "\n" << outcome.output;
  }
}

TEST(Configuration, NamesTheLinesWhoseValuesAreWrong) {
  const Folder folder;
  folder.write("chatspec.conf", kServerLine +
                                    "jobs many\nplay-on perhaps\nisolation cage\nbuild make\n"
                                    "connect localhost:1\n");
  const Outcome outcome = in(folder, "run");
  EXPECT_EQ(outcome.status, 4);
  for (const char* problem :
       {"chatspec.conf:2: jobs: ", "chatspec.conf:3: play-on: \"perhaps\" is neither yes nor no",
        "chatspec.conf:4: isolation: ", "chatspec.conf:5: build needs folder",
        "chatspec.conf:6: connect cannot stand beside server"}) {
    EXPECT_TRUE(outcome.says(problem)) << problem << "\n" << outcome.output;
  }
  EXPECT_EQ(in(folder, "run --config nowhere.conf").status, 4);
  EXPECT_TRUE(in(folder, "run --role client " + server(kBin + "/chat-server"))
                  .says("--role: which program is meant is said by naming it already"));
  const Folder empty;
  EXPECT_TRUE(in(empty, "run --role server").says("there is no chatspec.conf here"));
  EXPECT_TRUE(in(empty, "run").says("`chatspec init` begins"));
}

TEST(Init, FindsTheProgramsOfAFolder) {
  const Folder folder;
  folder.write("server.py", chat::content_of(kPrograms + "correct/python/server.py"));
  folder.write("test_server.py", "raise SystemExit(1)\n");
  folder.write("my_chat_client.py", chat::content_of(kPrograms + "correct/python/client.py"));
  const Outcome outcome = in(folder, "init");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("server.py looks like a server in Python.")) << outcome.output;
  EXPECT_TRUE(outcome.says("my_chat_client.py looks like a client in Python.")) << outcome.output;
  EXPECT_EQ(in(folder, "run handshake --role server").status, 0);
  EXPECT_EQ(in(folder, "run handshake --role client").status, 0);
  const std::string written = folder.content("chatspec.conf");
  const Outcome again = in(folder, "init");
  EXPECT_EQ(again.status, 4);
  EXPECT_TRUE(again.says("is there already, and is left as it is")) << again.output;
  EXPECT_EQ(folder.content("chatspec.conf"), written);
}

TEST(Init, FindsWhatAMakefileMakes) {
  const Folder folder;
  folder.write("Makefile",
               "CC := cc\nall: chat-server\nchat-server: server.sh\n\tcp server.sh chat-server\n"
               "\tchmod +x chat-server\nserver.o: server.c\n");
  folder.write("server.sh", "#!/bin/sh\nexec " + kBin + "/chat-server $1 $2\n");
  EXPECT_EQ(in(folder, "init").status, 0);
  const std::string written = folder.content("chatspec.conf");
  EXPECT_TRUE(written.contains("server       ./chat-server {port} {keys}\n")) << written;
  EXPECT_TRUE(written.contains("build        make\n")) << written;
  const Outcome outcome = in(folder, "run handshake");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(Init, BeginsAnAssignmentForSubmissionsLikeOne) {
  const Folder folder;
  folder.write("solution/server.py", chat::content_of(kPrograms + "correct/python/server.py"));
  const Outcome outcome = in(folder, "init --assignment a.txt solution");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("Written: a.txt. Look at it; then: chatspec grade a.txt SUBMISSIONS "))
      << outcome.output;
  // It is understood as it stands: by which file a submission is known is all that is missing.
  folder.write("essay/essay.txt", "hello\n");
  const Outcome graded = in(folder, "grade a.txt essay --out out --autolab -");
  EXPECT_TRUE(
      graded.says("essay: its files are of none of the assignment's languages: expected "
                  "Python (server.py)"))
      << graded.output;
  EXPECT_EQ(in(folder, "init --assignment a.txt solution").status, 4) << "it is there already";
  EXPECT_EQ(in(folder, "init --assignment b.txt essay").status, 0);
  EXPECT_TRUE(in(folder, "grade b.txt essay --out new").says("b.txt: no `language NAME` says how"));
}

TEST(Init, WritesAFileThatIsReadWhereItFindsNothing) {
  const Folder folder;
  folder.write("se rver'.py", "");
  folder.write("-server.py", "");
  const Outcome outcome = in(folder, "init .");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("Nothing here looks like a server or a client")) << outcome.output;
  const Outcome run = in(folder, "run");
  EXPECT_EQ(run.status, 4);
  EXPECT_TRUE(run.says("nothing to test")) << run.output;
  EXPECT_EQ(in(folder, "init nowhere").status, 4);
}

TEST(Init, SaysHowTheFileOfAnotherFolderIsFound) {
  const Folder folder;
  folder.write("my project/server.py", "");
  const Outcome outcome = in(folder, "init 'my project'");
  EXPECT_TRUE(outcome.says("then: chatspec run --config 'my project/chatspec.conf'\n"))
      << outcome.output;
}

}  // namespace
}  // namespace chatspec
