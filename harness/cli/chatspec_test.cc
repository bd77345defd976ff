// The program as its users meet it: run as a process, with real implementations, and with every
// mistake that a command line can hold.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
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

// Sanitizers make all of it slow. Threads do the same whatever is played; for the others the whole
// suite is played with the reference pair in one profile.
bool plays_whole_suite(const std::string& implementation) {
#if defined(__SANITIZE_THREAD__)
  return implementation.empty();
#elif defined(__SANITIZE_ADDRESS__)
  return implementation.starts_with("--profile line");
#else
  return !implementation.empty();
#endif
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

struct Mistake {
  std::string arguments;
  int status;
  std::string said;
};

TEST(Mistakes, OfACommandLineGetAClearAnswer) {
  const std::string any = server("/bin/true");
  for (const Mistake& row : {
           Mistake{"", 4, "--help"},
           Mistake{"rnu", 4, "did you mean run?"},
           Mistake{"run", 4, "nothing to test"},
           Mistake{"run --sever x", 4, "did you mean --server?"},
           Mistake{"run --server 'no-such-program {port} {keys}'", 4, "--server: "},
           Mistake{"run --server 'true {port}'", 4, "{keys} is missing"},
           Mistake{"run --server 'true {port} {kyes}'", 4, "did you mean keys?"},
           Mistake{"run --server 'true {port} {keys}' --client 'x'", 4, "--client"},
           Mistake{"run --connect nowhere", 4, "--connect: "},
           Mistake{"run --jobs 0 " + any, 4, "--jobs"},
           Mistake{"run --seed x " + any, 4, "--seed"},
           Mistake{"run --profile lin " + any, 4, "--profile: "},
           Mistake{"run --level muts " + any, 4, "--level"},
           Mistake{"run --log /no/such/folder/log " + any, 4, "/no/such/folder/log"},
           Mistake{"run handshake/helo " + any, 5, "did you mean handshake/hello?"},
           Mistake{"run --tag cor " + any, 5, "did you mean core?"},
           Mistake{"run --requirement SIGG-1 " + any, 5, "did you mean SIG-1?"},
           Mistake{"lint no-such-file.chat", 4, "cannot read it"},
           Mistake{"lint no-such-folder", 4, "there is no such file or folder"},
           Mistake{"explain SIGG-1", 4, "did you mean SIG-1?"},
           Mistake{"report no-such-log", 4, "no-such-log"},
           Mistake{"list --role sever", 4, "--role"},
           Mistake{"run --seed 99999999999999999999 " + any, 4, "--seed: expected a whole number"},
           Mistake{"run --seed -1 " + any, 4, R"(found "-1")"},
           Mistake{"run --jobs 99999999999999999999 " + any, 4, "--jobs"},
           Mistake{"run --deadline nan " + any, 4, "--deadline: expected seconds"},
           Mistake{"run --deadline 1e300 " + any, 4, R"(found "1e300")"},
           Mistake{"run --silence 0 " + any, 4, "--silence: expected seconds"},
           Mistake{"run --silence 1s " + any, 4, R"(found "1s")"},
           Mistake{"run --profile /tmp " + any, 4, "/tmp: cannot read it: Is a directory"},
           Mistake{"run --log /tmp " + any, 4, "/tmp: cannot write the log: Is a directory"},
           Mistake{"run --log /dev/full " + any, 3, "/dev/full: cannot write the log: No space"},
           Mistake{"run --suite /no/such " + any, 4, "/no/such: error: cannot read it"},
           Mistake{"run --server /tmp", 4, "--server: "},
           Mistake{"run --server '\"true {port} {keys}'", 4, "--server: "},
           Mistake{"run --server 'true {port} {keys} > /dev/null'", 4, "\">\" is for a shell"},
           Mistake{"run --server 'true {port} {keys} 2>&1'", 4, "is for a shell"},
           Mistake{"run --server 'true $HOME/x {port} {keys}'", 4, "is for a shell"},
           Mistake{"run --server -- true {port}", 4, "--server: {keys} is missing"},
           Mistake{"run --server -- ./no-such-program {port} {keys}", 4, "there is no such file"},
           Mistake{"run --server --", 4, "--server"},
           Mistake{"run --server --tag core -- true {port}", 4, "--server: {keys} is missing"},
           Mistake{"run --client 'python3 -u no/such.py {host} {port} {messages} {signatures}'", 4,
                   "--client: python3 is to run \"no/such.py\", but there is no such file in /"},
           Mistake{"run --server 'python3 " + kPrograms + "correct/python/sevrer.py {port} {keys}'",
                   4, "did you mean \"" + kPrograms + "correct/python/server.py\"?"},
           Mistake{"run --silence 9 --deadline 8 " + any, 4, "--silence: 9 s are more"},
           Mistake{"run --profile lnie " + any, 4, "did you mean \"line\"?"},
           Mistake{"run cli/client-bad-port " + any, 5,
                   "\"cli/client-bad-port\" is for clients, and what is to be tried is a server"},
           Mistake{"explain SIG-1 FOO-2 sig-2", 4, "did you mean SIG-2?"},
           Mistake{"run --connect 127.0.0.1:70000", 4, "--connect: "},
           Mistake{"run --connect 127.0.0.1:1 handshake/hello", 1, "Connection refused (proven)"},
           Mistake{"run --connect 127.0.0.1:1 --keys /tmp", 4, "--keys: /tmp: cannot read it"},
           Mistake{"run --connect 127.0.0.1:1 --keys /no/such", 4, "--keys: /no/such: "},
           Mistake{"run --connect 127.0.0.1:1 --keys /dev/null", 4, "an empty file"},
           Mistake{"run --keys /dev/null " + any, 4, "--keys requires --connect"},
           Mistake{"report /tmp", 4, "/tmp: cannot read it: Is a directory"},
           Mistake{"report", 4, "LOG is required"},
           Mistake{"report /dev/null", 4, "/dev/null: there is no record in it"},
           Mistake{"list handshake/hello nosuch", 5, "no scenario is called \"nosuch\""},
           Mistake{"list --coverage nosuch", 5, "no scenario is called \"nosuch\""},
           Mistake{"export-bytes /no/such handshake nosuch", 5, "no scenario is called \"nosuch\""},
           Mistake{"export-bytes /dev/null quit", 4, "/dev/null: cannot make this folder: "},
           Mistake{"export-bytes /proc quit", 3, "cannot write it: "},
           Mistake{"run --connect http://localhost:80", 4, "is a URL; HOST:PORT is expected"},
           Mistake{"run --connect nowhere.invalid:1 handshake/hello", 3, "cannot look up"},
           Mistake{"fmt", 4, "PATH is required"},
           Mistake{"run --readable /etc " + any, 4, "--readable: only --isolation sandbox"},
           Mistake{"run --log '' " + any, 4, "--log: no file is named"},
           Mistake{"import-bytes --split 2 --whole /dev/null", 4, "--whole excludes --split"},
           Mistake{"import-bytes --split 0 /dev/null", 4, "from 1 to 1000000; found \"0\""},
           Mistake{"export-bytes --max-bytes -1 /nowhere", 4,
                   R"(--max-bytes: expected a whole number)"},
           Mistake{"import-bytes --split 010 /dev/null", 4, "found \"010\""},
           Mistake{"export-bytes --profile lin /nowhere", 4, "did you mean \"line\"?"},
           Mistake{"explain not-close", 4, "did you mean not-closed?"},
           Mistake{"list --level bogus -- handshake", 4, "--level: bogus"},
           Mistake{"run --requirement SIG-1 " + client("/bin/true"), 5, "\"SIG-1\" is for servers"},
           Mistake{"fmt no-such-folder", 4, "there is no such file or folder"},
           Mistake{"fmt /no/such", 4, "/no/such: error: cannot read it"},
       }) {
    const Outcome outcome = chatspec(row.arguments);
    EXPECT_EQ(outcome.status, row.status) << row.arguments << "\n" << outcome.output;
    EXPECT_NE(outcome.output.find(row.said), std::string::npos) << row.arguments << "\n"
                                                                << outcome.output;
  }
}

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
  EXPECT_NE(outcome.output.find("this file exists, and is no event log"), std::string::npos)
      << outcome.output;
  EXPECT_EQ(folder.content("server.py"), "print()\n");
}

TEST(Fmt, LeavesAFileThatItCannotReplaceAsItWas) {
  const Folder folder;
  const std::string path = folder.write("x.chat",
                                        "scenario a  title\ncovers HELLO-2\nrole server\n"
                                        "C: HELLO\nS: 260 OK\n");
  const std::string before = folder.content("x.chat");
  fs::create_directory(folder.at("x.chat.new"));
  const Outcome outcome = chatspec("fmt " + path);
  EXPECT_EQ(outcome.status, 3) << outcome.output;
  EXPECT_NE(outcome.output.find("x.chat.new: cannot write it: it exists"), std::string::npos)
      << outcome.output;
  EXPECT_EQ(folder.content("x.chat"), before);
}

TEST(Fmt, KeepsALinkAndTheRightsOfAFile) {
  const Folder folder;
  const std::string path = folder.write("x.chat",
                                        "scenario a title\ncovers HELLO-2\nrole server\n"
                                        "C: HELLO\nS: 260 OK\n");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(path, folder.at("link.chat"));
  const Outcome outcome = chatspec("fmt " + folder.at("link.chat"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(folder.content("x.chat").starts_with("scenario  a title\n"));
  EXPECT_TRUE(fs::is_symlink(folder.at("link.chat")));
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(StandardInput, ThatCannotBeReadIsTold) {
  for (const std::string arguments : {"fmt -", "fmt --check -", "import-bytes -"}) {
    const Outcome outcome = chatspec(arguments + " < /tmp");
    EXPECT_EQ(outcome.status, 4) << arguments;
    EXPECT_EQ(outcome.output, "chatspec: standard input: cannot read it: Is a directory\n");
  }
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

TEST(StandardOutput, ThatCannotBeWrittenIsTroubleOfOurOwn) {
  for (const std::string arguments : {"list", "explain SIG-1", "--help", "--version", "lint"}) {
    const Outcome outcome = chatspec(arguments, "2>&1 >/dev/full");
    EXPECT_EQ(outcome.status, 3) << arguments;
    EXPECT_EQ(outcome.output,
              "chatspec: cannot write to standard output: No space left on device\n");
  }
}

TEST(StandardOutput, ThatNobodyReadsAnyMoreEndsTheRunInOrder) {
  const Folder folder;
  fs::create_directory(folder.at("tmp"));
  // The reader takes one line and is gone before the first case is reported.
  const std::string run = "TMPDIR=" + folder.at("tmp") + " '" + kBin + "/chatspec' run -v --log " +
                          folder.at("log") + " " + server(kBin + "/chat-server");
  const std::string command = "{ " + run + "; echo $? >" + folder.at("status") + "; } 2>" +
                              folder.at("errors") + " | head -1 >/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(folder.content("status"), "0\n") << "all that was played passed";
  EXPECT_EQ(folder.content("errors"), "");
  EXPECT_TRUE(fs::is_empty(folder.at("tmp")));
  EXPECT_NE(folder.content("log").find("\"interrupted\":true"), std::string::npos);
}

void expect_complete_log_after(const std::string& signal) {
  const Folder folder;
  fs::create_directory(folder.at("tmp"));
  // A server that asks for the interrupt itself, in the middle of the run.
  const std::string interrupter =
      folder.write("server.sh", "kill -" + signal + " $(cat " + folder.at("pid") +
                                    ")\nexec tail -f /dev/null\n");
  const std::string command =
      "sh -c 'echo $$ >" + folder.at("pid") + "; exec \"$@\"' - env TMPDIR=" + folder.at("tmp") +
      " '" + kBin + "/chatspec' run --isolation plain --deadline 60 --jobs 2 --log " +
      folder.at("log") + " " + server("sh " + interrupter) + " >" + folder.at("output");
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

TEST(Explain, KnowsTheCodesOfFailures) {
  EXPECT_EQ(chatspec("explain not-closed").output,
            "not-closed (hang)\nit leaves the connection open\n");
}

TEST(Profile, IsSpokenByEverythingThatShowsTheProtocol) {
  const Folder folder;
  const std::string path = folder.at("course.profile");
  std::ofstream(path) << "name course\nhello Moin\nescape %\nescaped \"%#\"\nterminator \"#\"\n"
                         "hash sha3-256\nkey-position before\nsignature-coding base64\n";
  const std::string option = " --profile " + path;
  const std::string sheet = chatspec("explain" + option).output;
  for (const std::string_view part :
       {"C: Moin\n", "    %%  for every  %\n", "    %#  for every  #\n", "\"#\", the terminator",
        "SHA3-256 of the key", "44 characters of base64", "s3cr3tfirst linesecond line",
        "i5kV2tfRoimJgiSZ8c5xQ4DUWdeoD1GuDwt5F8xojO4=", "Its first unit is `Moin`"})
    EXPECT_TRUE(sheet.contains(part)) << part << "\n" << sheet;
  EXPECT_FALSE(sheet.contains("`HELLO`"));
  EXPECT_TRUE(chatspec("explain HELLO-2" + option).output.contains("`Moin`"));
  EXPECT_TRUE(chatspec("list handshake" + option).output.contains("Moin is answered with 260 OK"));
  const std::string all = chatspec("list signature verdict").output;
  EXPECT_TRUE(all.contains("verdict/mixed-case"));
  EXPECT_FALSE(chatspec("list signature verdict" + option).output.contains("verdict/mixed-case"));
  EXPECT_TRUE(chatspec("lint" + option)
                  .output.contains("verdict/mixed-case is not played in the profile course\n"));
  std::ofstream(path) << "hash-join lf\n";
  for (const std::string command : {"explain", "list", "lint"})
    EXPECT_EQ(chatspec(command + option).status, 4) << command;
}

TEST(Profile, HasASheetOfItsOwnRepliesAndEscaping) {
  const Folder folder;
  const std::string path = folder.at("course.profile");
  std::ofstream(path) << "name course\nescape dot-stuffing\nsignature-position behind-reply\n"
                         "signature-coding upper-case-hex\npass-reply \"261 YES\"\n"
                         "fail-reply \"262 NO\"\nerror-reply \"500 ERR\"\n";
  const std::string sheet = chatspec("explain --profile " + path).output;
  for (const std::string_view part :
       {"S: 270 SIG 17911A1C77C819A24B27B1BCB206FEFCD8C8F7083E58FF7A470A2487CBAB4CC1\n",
        "S: 261 YES    (or 262 NO, to FAIL)\n", "sends \"500 ERR\" and closes",
        "begins with \".\" is sent with one more", "one unit, `270 SIG`, a blank and",
        "A to F in upper case", "`PASS` with `261 YES` and `FAIL` with `262 NO`",
        "the server sends `500 ERR` and closes"})
    EXPECT_TRUE(sheet.contains(part)) << part << "\n" << sheet;
  for (const std::string_view part :
       {"closes the connection without a reply", "are lower-case", "two units, `270"})
    EXPECT_FALSE(sheet.contains(part)) << part << "\n" << sheet;
  EXPECT_TRUE(chatspec("explain SIG-3 --profile " + path)
                  .output.contains("The digits `A` to `F` are upper-case."));
}

TEST(Profile, GetsAllItsMistakesToldAtOnce) {
  const Folder folder;
  const std::string path = folder.write("course.profile", "ok\ncolour red\nhash md6\n");
  const Outcome outcome = chatspec("explain --profile " + path);
  EXPECT_EQ(outcome.status, 4);
  for (const std::string place : {":1: ok", ":2: unknown", ":3: hash"})
    EXPECT_TRUE(outcome.output.contains(path + place)) << outcome.output;
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

TEST(Fmt, ReadsStandardInputAndChecks) {
  const Folder folder;
  const std::string path = folder.write("x.chat", "scenario t\nC:   HELLO | split 1\n");
  const Outcome formatted = chatspec("fmt - < " + path);
  EXPECT_EQ(formatted.status, 0);
  EXPECT_EQ(formatted.output, "scenario  t\nC: HELLO                 | split 1\n");
  EXPECT_EQ(chatspec("fmt --check - < " + path).status, 1);
  const Outcome missing = chatspec("fmt --check " + path);
  EXPECT_EQ(missing.status, 4) << missing.output;  // it covers nothing, so it is no scenario yet
}

TEST(Bytes, BecomeAScenarioThatTheReferenceServerPasses) {
  const Folder folder;
  const std::string bytes =
      folder.write("finding", "HELLO\r\nDATA\n\\.\\x.\n.\nFAIL\nHELO\nQUIT\n");
  for (const std::string options : {"", "--whole ", "--split 3 "}) {
    const Outcome imported = chatspec("import-bytes " + options + bytes);
    ASSERT_EQ(imported.status, 0) << imported.output;
    const std::string scenario = folder.write("finding.chat", imported.output);
    const Outcome played =
        chatspec("run " + scenario + " --server '" + kBin + "/chat-server {port} {keys}'");
    EXPECT_EQ(played.status, 0) << played.output;
    EXPECT_NE(played.output.find("1 pass"), std::string::npos) << played.output;
  }
  EXPECT_EQ(chatspec("import-bytes " + folder.at("nowhere")).status, 4);
}

TEST(Bytes, OfTheSuiteAreWrittenAFileEach) {
  const Folder folder;
  const Outcome one =
      chatspec("export-bytes " + folder.at("seeds") + " state/no-hello handshake/hello");
  EXPECT_EQ(one.status, 0) << one.output;
  EXPECT_EQ(folder.content("seeds/handshake-hello"), "HELLO\n");
  EXPECT_TRUE(fs::exists(folder.at("seeds") + "/state-no-hello-misspelt"));
  EXPECT_FALSE(fs::exists(folder.at("seeds") + "/quit-at-once"));
  EXPECT_EQ(chatspec("export-bytes " + folder.at("none") + " cli/server-no-port").status, 5);
}

TEST(Bytes, OfScenariosWithLikeNamesAreAllWritten) {
  const Folder folder;
  const std::string text =
      "scenario  t\ncovers    HELLO-2\nrole      server\n\nC: HELLO\nS: 260 OK\n";
  for (const std::string name : {"a/b-c", "a-b/c"}) {
    fs::create_directories(fs::path(folder.at(name)).parent_path());
    folder.write(name + ".chat", text);
  }
  const Outcome outcome = chatspec("export-bytes " + folder.at("seeds") + " " +
                                   folder.at("a/b-c.chat") + " " + folder.at("a-b/c.chat"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.output.starts_with("2 files in ")) << outcome.output;
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.at("seeds")), fs::directory_iterator()), 2);
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
  EXPECT_NE(run.output.find("took no connection any more after handshake/hello"), std::string::npos)
      << run.output;
  const Outcome report = chatspec("report " + folder.at("log"));
  EXPECT_EQ(report.status, 5);
  EXPECT_NE(report.output.find("took no connection any more after handshake/hello"),
            std::string::npos)
      << report.output;
  for (const auto& [id, verdict] : verdicts_in(folder.at("log")))
    EXPECT_EQ(verdict, id == "handshake/hello" ? "pass" : "skipped") << id;
}

}  // namespace
}  // namespace chatspec
