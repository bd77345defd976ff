// Reports in other programs' formats, as users ask for them.

#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

const std::string kFlawed = server(python("flawed/python/server.py"));

TEST(FormatOptions, OfARunAndOfItsLogGiveTheSameReports) {
  const Folder folder;
  const std::string formats[] = {"junit", "junit-strict", "tap",  "csv",
                                 "ctrf",  "markdown",     "sarif"};
  std::string of_run;
  std::string of_log;
  for (const std::string& format : formats) {
    of_run += " --" + format + " " + folder.at(format + ".run");
    of_log += " --" + format + " " + folder.at(format + ".log");
  }
  const Outcome run = chatspec("run handshake/hello signature/second-key --log " +
                               folder.at("log") + of_run + " " + kFlawed);
  EXPECT_EQ(run.status, 1) << run.output;
  const Outcome report = chatspec("report " + folder.at("log") + of_log);
  EXPECT_EQ(report.status, 1) << report.output;
  EXPECT_EQ(report.output, run.output) << "beside the report for people";
  for (const std::string& format : formats) {
    EXPECT_TRUE(folder.content(format + ".run").contains("signature/second-key")) << format;
    EXPECT_EQ(folder.content(format + ".run"), folder.content(format + ".log")) << format;
  }
}

TEST(FormatOptions, MayTakeStandardOutputInPlaceOfTheReport) {
  const Folder folder;
  const std::string run = "run handshake/hello " + server(kBin + "/chat-server");
  const Outcome tap = chatspec(run + " --tap - --log " + folder.at("log"), "2>/dev/null");
  EXPECT_EQ(tap.output, "TAP version 14\n1..1\nok 1 - handshake/hello\n");
  const Outcome again = chatspec("report --tap - " + folder.at("log"));
  EXPECT_EQ(again.output, tap.output);
}

TEST(FormatOptions, OfSeveralLogsMakeOneReport) {
  const Folder folder;
  for (const std::string name : {"one", "two"}) {
    chatspec("run handshake/hello --name " + name + " --log " + folder.at(name) + " " +
             server(kBin + "/chat-server"));
  }
  const Outcome csv = chatspec("report --csv - " + folder.at("one") + " " + folder.at("two"));
  EXPECT_TRUE(csv.output.contains("\r\none,server,line,handshake/hello,")) << csv.output;
  EXPECT_TRUE(csv.output.contains("\r\ntwo,server,line,handshake/hello,")) << csv.output;
}

TEST(FormatOptions, ThatCannotBeFollowedAreToldBeforeAnythingIsPlayed) {
  const Folder folder;
  const std::string run = "run handshake/hello " + kFlawed + " --log " + folder.at("log");
  folder.write("known", "");
  struct Refused {
    std::string options;
    std::string message;
  };
  for (const Refused& refused : {
           Refused{"--junit " + folder.at("none/junit.xml"),
                   "none/junit.xml: cannot write the report: No such file or directory"},
           Refused{"--tap " + folder.at("x") + " --csv " + folder.at("./x"),
                   "--tap and --csv both name "},
           Refused{"--tap - --csv -", "both name standard output"},
           Refused{"--tap - --github", "both name standard output"},
           Refused{"--tap " + folder.at("log"), "--log and --tap both name "},
           Refused{"--tap ''", "no file is named"},
           Refused{"--tap " + folder.at("known") + " --known " + folder.at("known"),
                   "--tap would write over "},
       }) {
    const Outcome outcome = chatspec(run + " " + refused.options);
    EXPECT_EQ(outcome.status, 4) << outcome.output;
    EXPECT_TRUE(outcome.output.contains(refused.message)) << outcome.output;
    EXPECT_FALSE(outcome.output.contains("handshake/hello")) << outcome.output;
  }
  chatspec(run);
  const Outcome over_log = chatspec("report " + folder.at("log") + " --csv " + folder.at("log"));
  EXPECT_TRUE(over_log.output.contains("LOG and --csv both name ")) << over_log.output;
  EXPECT_EQ(chatspec("report " + folder.at("log")).status, 0) << "the log is still there";
}

TEST(FormatOptions, ThatCannotBeWrittenToAtTheEndAreTrouble) {
  const Outcome outcome = chatspec("run handshake/hello --junit /dev/full " + kFlawed);
  EXPECT_EQ(outcome.status, 3) << outcome.output;
  EXPECT_TRUE(outcome.output.contains("/dev/full: cannot write the report: No space left"))
      << outcome.output;
}

// What a program writes is shown by the report, and GitHub reads whatever stands at a line's begin
// after blanks.
TEST(FormatOptions, OfGitHubTakeNoCommandFromTheProgram) {
  const Folder folder;
  const std::string program = folder.write(
      "server.py",
      "import sys\nprint('::set-output name=x::y', file=sys.stderr)\nsys.exit('::error::mine')\n");
  const Outcome outcome =
      chatspec("run handshake/hello --github " + server("python3 " + program), "2>/dev/null");
  constexpr std::string_view kStop = "::stop-commands::";
  ASSERT_TRUE(outcome.output.starts_with(kStop)) << outcome.output;
  const std::string token =
      outcome.output.substr(kStop.size(), outcome.output.find('\n') - kStop.size());
  EXPECT_EQ(token.size(), 32U);
  const std::size_t resumed = outcome.output.find("\n::" + token + "::\n");
  ASSERT_NE(resumed, std::string::npos) << outcome.output;
  EXPECT_LT(outcome.output.find("::error::mine"), resumed) << outcome.output;
  const std::string commands = outcome.output.substr(resumed + token.size() + 6);
  EXPECT_TRUE(commands.starts_with("::error file=scenarios/handshake/hello.chat,line="))
      << commands;
  EXPECT_FALSE(chatspec("run handshake/hello --github " + server("python3 " + program))
                   .output.contains(token));
}

TEST(FormatOptions, WritePacketsOfWhatTheLogKnows) {
  const Folder folder;
  const std::string run = "run handshake/hello verdict/fail --pcap " + folder.at("a/packets") + " ";
  EXPECT_EQ(chatspec(run + kFlawed).status, 1);
  EXPECT_FALSE(std::filesystem::exists(folder.at("a/packets/handshake_hello.pcap"))) << "it passed";
  const std::string packets = folder.content("a/packets/verdict_fail.pcap");
  EXPECT_TRUE(packets.starts_with("\xd4\xc3\xb2\xa1") || packets.starts_with("\xa1\xb2\xc3\xd4"))
      << "pcap's magic number";
  EXPECT_TRUE(packets.contains("FAIL\n"));
  folder.write("file", "");
  const Outcome outcome =
      chatspec("run handshake/hello --pcap " + folder.at("file") + " " + kFlawed);
  EXPECT_EQ(outcome.status, 4);
  EXPECT_TRUE(outcome.output.contains("file: cannot write packets there: ")) << outcome.output;
}

TEST(FormatOptions, OfALogThatWasCutOffAreNotGood) {
  const Folder folder;
  chatspec("run handshake/hello --log " + folder.at("log") + " " + server(kBin + "/chat-server"));
  folder.write("cut", folder.content("log") + "{\"record\":\"ru");
  const Outcome outcome = chatspec("report --tap - " + folder.at("cut"), "2>/dev/null");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_TRUE(outcome.output.contains("\nok 1 - chat-server: handshake/hello\n")) << outcome.output;
  EXPECT_TRUE(outcome.output.contains("\nnot ok 2 - unknown: run\n")) << outcome.output;
}

}  // namespace
}  // namespace chatspec
