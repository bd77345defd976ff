// Programs that do not speak the profile in which they are played, as real processes: what the
// report tells of them, and that --profile auto finds the right one.

#include <fstream>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

constexpr std::string_view kAsked =
    "opening  it takes `HELLO` without a line end, but not with LF: does it compare\n"
    "         what recv() returned, line end included? If your course sends no line\n"
    "         ends, add --profile bare\n";

std::string profile_of(const std::string& path) {
  const auto log = parse_log(chat::content_of(path), path);
  if (!log || log->records.empty()) return "no log";
  const auto* run = std::get_if<RunRecord>(&log->records.front());
  return run ? run->profile.name + (run->profile_choice ? " by choice" : "") : "no run";
}

const std::string kTutorialServer = server(python("correct/tutorial/server.py"));
const std::string kTutorialClient = client(python("correct/tutorial/client.py"));

TEST(Opening, OfAProgramOfAnotherProfileIsExplainedOnTopOfTheReportAndInItsLog) {
  const Folder folder;
  const std::string log = folder.at("log");
  const Outcome outcome =
      chatspec("run handshake data/one-message --log " + log + " " + kTutorialServer);
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  const std::size_t told = outcome.output.find(kAsked);
  ASSERT_NE(told, std::string::npos) << outcome.output;
  EXPECT_LT(told, outcome.output.find("fail handshake/hello"));
  EXPECT_TRUE(outcome.says("    to \"HELLO\"                    \"260 OK\"\n")) << outcome.output;
  EXPECT_EQ(verdicts_in(log).at("handshake/hello"), "closed-early");
  EXPECT_EQ(chatspec("report " + log).output, outcome.output);
  EXPECT_EQ(chatspec("judge " + log).status, 0) << chatspec("judge " + log).output;
}

TEST(Opening, OfAClientOfAnotherProfileIsExplainedToo) {
  const Outcome outcome = chatspec("run handshake " + kTutorialClient);
  EXPECT_TRUE(
      outcome.says("opening  it sends `HELLO` without a line end, and takes `260 "
                   "OK` without a line\n         end; if your course sends no line "
                   "ends, add --profile bare\n"))
      << outcome.output;
}

TEST(Opening, OfAGoodProgramIsNoMatter) {
  const Outcome outcome =
      chatspec("run handshake " + server(python("correct/python/server.py")) + " --log -");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_FALSE(outcome.says("\"record\":\"opening\"")) << outcome.output;
}

TEST(AutomaticProfile, IsTheOneThatTheProgramSpeaks) {
  const Folder folder;
  const std::string log = folder.at("log");
  struct Row {
    std::string program;
    std::string_view profile;
    std::string_view why;
  };
  for (const Row& row : {
           Row{server(python("correct/python/server.py")), "line",
               "since it answers \"HELLO\\n\" with \"260 OK\\n\""},
           Row{client(python("correct/python/client.py")), "line",
               "since it begins with \"HELLO\\n\""},
           Row{server(kBin + "/chat-server --profile crlf"), "crlf",
               "since it answers \"HELLO\\r\\n\" with \"260 OK\\r\\n\""},
           Row{client(kBin + "/chat-client --profile crlf"), "crlf",
               "since it begins with \"HELLO\\r\\n\""},
           Row{kTutorialServer, "bare", "since it answers \"HELLO\" with \"260 OK\""},
           Row{kTutorialClient, "bare", "since it begins with \"HELLO\""},
       }) {
    const Outcome outcome = chatspec("run --profile auto handshake/hello data/one-message --log " +
                                     log + " " + row.program);
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    EXPECT_EQ(profile_of(log), std::string(row.profile) + " by choice");
    EXPECT_TRUE(outcome.says("--profile auto: " + std::string(row.profile) + ", " +
                             std::string(row.why) + "\n"))
        << outcome.output;
  }
}

TEST(AutomaticProfile, IsTheDefaultForAProgramThatSpeaksNone) {
  const Folder folder;
  const std::string program =
      folder.write("server.py",
                   "import socket, sys\n"
                   "s = socket.create_server(('127.0.0.1', int(sys.argv[1])))\n"
                   "c, _ = s.accept()\n"
                   "open('" +
                       folder.at("asked") + "', 'a').write(repr(c.recv(100)) + '\\n')\n");
  const Outcome outcome = chatspec("run --profile auto --isolation plain handshake/hello " +
                                   server("python3 " + program));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(
      outcome.says("--profile auto: line, the default, since it speaks none of "
                   "line, crlf, bare\n"))
      << outcome.output;
  EXPECT_TRUE(outcome.says("in none of these forms")) << outcome.output;
  // What was asked for the choice is not asked again.
  EXPECT_EQ(folder.content("asked"),
            "b'HELLO\\n'\nb'HELLO\\r\\n'\nb'HELLO'\nb'HELLO\\n'\nb'HELLO'\nb'hello\\n'\n");
}

TEST(AutomaticProfile, IsAskedOfWhatWasBuilt) {
  const Folder folder;
  const std::string program = folder.at("program");
  std::filesystem::create_directory(program);
  std::filesystem::copy_file(kPrograms + "correct/tutorial/server.py", program + "/source.py");
  const std::string words = "run --profile auto handshake/hello --folder " + program +
                            " --server 'python3 server.py {port} {keys}' --build ";
  const Outcome built = chatspec(words + "'cp source.py server.py'");
  EXPECT_EQ(built.status, 0) << built.output;
  EXPECT_TRUE(built.says("--profile auto: bare")) << built.output;
  const Outcome failed = chatspec(words + "false");
  EXPECT_EQ(failed.status, 6) << failed.output;
  EXPECT_FALSE(failed.says("--profile auto")) << failed.output;
}

TEST(AutomaticProfile, IsRefusedWhereNothingCanBeAskedBeforehand) {
  const Outcome remote = chatspec("run --profile auto --connect 127.0.0.1:1");
  EXPECT_EQ(remote.status, 4);
  EXPECT_TRUE(remote.says("--profile auto: of a server that runs already")) << remote.output;
  const Outcome cut = chatspec("run --profile auto --delivery cuts " + kTutorialServer);
  EXPECT_EQ(cut.status, 4);
  EXPECT_TRUE(cut.says("--profile auto: with --delivery cuts")) << cut.output;
}

}  // namespace
}  // namespace chatspec
