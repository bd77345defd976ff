// Every mistake that a command line can hold, and what is said of it.

#include "harness/cli/command_line.h"

#include <algorithm>
#include <string>
#include <vector>
#include <wordexp.h>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"
#include "harness/cli/console/captured_console.h"
#include "harness/cli/console/source_commit.h"

namespace chatspec {
namespace {

using namespace testing_cli;

// Words as a shell would make them.
std::vector<std::string> split_as_shell(const std::string& line) {
  wordexp_t words{};
  EXPECT_EQ(wordexp(line.c_str(), &words, WRDE_NOCMD | WRDE_UNDEF), 0) << line;
  std::vector<std::string> out(words.we_wordv, words.we_wordv + words.we_wordc);
  wordfree(&words);
  return out;
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
           Mistake{"run quit -- node server.js '{port}'", 4,
                   "not expected here: node server.js {port}; is it the program? It is named as "
                   "`--server -- node server.js {port}`"},
           Mistake{"help exit", 4, "did you mean \"exit-status\"?"},
           Mistake{"help known", 4, "did you mean \"known-failures\"?"},
           Mistake{"run --sever x", 4, "did you mean --server?"},
           Mistake{"list --connect x", 4, "--connect belongs to `chatspec run`: Test a server"},
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
           Mistake{"explain SIGG-1", 4, "did you mean \"SIG-1\"?"},
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
           Mistake{"run --server -- true '{port}'", 4, "--server: {keys} is missing"},
           Mistake{"run --server -- ./no-such-program '{port}' '{keys}'", 4,
                   "there is no such file"},
           Mistake{"run --server --", 4, "--server"},
           Mistake{"run --server --tag core -- true '{port}'", 4, "--server: {keys} is missing"},
           Mistake{"run --client 'python3 -u no/such.py {host} {port} {messages} {signatures}'", 4,
                   "--client: python3 is to run \"no/such.py\", but there is no such file in /"},
           Mistake{"run --server 'python3 " + kPrograms + "correct/python/sevrer.py {port} {keys}'",
                   4, "did you mean \"" + kPrograms + "correct/python/server.py\"?"},
           Mistake{"run --silence 9 --deadline 8 " + any, 4, "--silence: 9 s are more"},
           Mistake{"run --profile lnie " + any, 4, "did you mean \"line\"?"},
           Mistake{"run cli/client-bad-port " + any, 5,
                   "\"cli/client-bad-port\" is for clients, and what is to be tried is a server"},
           Mistake{"explain SIG-1 FOO-2 sig-2", 4, "did you mean \"SIG-2\"?"},
           Mistake{"run --connect 127.0.0.1:70000", 4, "--connect: "},
           Mistake{"run --connect 127.0.0.1:1 handshake/hello", 1, "Connection refused (proven)"},
           Mistake{"run --connect 127.0.0.1:1 --keys /tmp", 4, "--keys: /tmp: cannot read it"},
           Mistake{"run --connect 127.0.0.1:1 --keys /no/such", 4, "--keys: /no/such: "},
           Mistake{"run --connect 127.0.0.1:1 --keys /dev/null", 4, "an empty file"},
           Mistake{"run --keys /dev/null " + any, 4, "--keys requires --connect"},
           Mistake{"report /tmp", 4, "/tmp: cannot read it: Is a directory"},
           Mistake{"report", 4, "LOG is required"},
           Mistake{"report --color nver /dev/null", 4, "--color: nver not in {auto,always,never}"},
           Mistake{"report --colr never /dev/null", 4, "did you mean --color?"},
           Mistake{"report /dev/null", 4, "/dev/null: there is no record in it"},
           // Without end, and refused all the same.
           Mistake{"report /dev/zero", 4, "/dev/zero:1: this is no record of a chatspec log"},
           Mistake{"judge /dev/zero", 4, "/dev/zero:1: this is no record of a chatspec log"},
           Mistake{"reproduce /dev/zero a/b --out /no/such", 4, "/dev/zero:1: this is no record"},
           Mistake{"import-bytes /dev/zero", 4, "/dev/zero: cannot read it: it has more than"},
           Mistake{"run --profile /dev/zero " + any, 4, "it has more than 1048576 bytes"},
           Mistake{"run --connect 127.0.0.1:1 --keys /dev/zero", 4,
                   "--keys: /dev/zero: cannot read it"},
           Mistake{"list handshake/hello nosuch", 5, "no scenario is called \"nosuch\""},
           Mistake{"list --coverage nosuch", 5, "no scenario is called \"nosuch\""},
           Mistake{"export-bytes /no/such handshake nosuch", 5, "no scenario is called \"nosuch\""},
           Mistake{"export-bytes /dev/null quit", 4, "/dev/null: cannot make this folder: "},
           Mistake{"export-bytes /sys/no-such quit", 3, "/sys/no-such: cannot make this folder: "},
           Mistake{"fuzz --out /sys/no-such " + any, 3, "--out: /sys/no-such: cannot make this"},
           Mistake{"fuzz --out /dev/null " + any, 4, "--out: /dev/null: cannot make this folder"},
           Mistake{"export-vectors /sys/no-such quit", 3, "/sys/no-such: cannot make this folder"},
           Mistake{"init /sys", 3, "/sys/chatspec.conf: cannot write it: "},
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
           Mistake{"explain not-close", 4, "did you mean \"not-closed\"?"},
           Mistake{"list --level bogus -- handshake", 4, "--level: bogus"},
           Mistake{"run --requirement SIG-1 " + client("/bin/true"), 5, "\"SIG-1\" is for servers"},
           Mistake{"fmt no-such-folder", 4, "there is no such file or folder"},
           Mistake{"fmt /no/such", 4, "/no/such: error: cannot read it"},
       }) {
    CapturedConsole console;
    const ExitCode code = run_command_line(split_as_shell(row.arguments), console);
    EXPECT_EQ(static_cast<int>(code), row.status) << row.arguments << "\n" << console.all();
    EXPECT_TRUE(console.all().contains(row.said)) << row.arguments << "\n" << console.all();
  }
}

TEST(CommandLine, AnswersWhatIsAskedForOnTheWayForAnswers) {
  CapturedConsole console;
  EXPECT_EQ(run_command_line({"--help"}, console), ExitCode::kGood);
  EXPECT_TRUE(console.said.contains("Exit status: 0 good")) << console.said;
  EXPECT_EQ(console.warned, "");
}

TEST(CommandLine, TellsItsVersionInALineForScriptsAndWithWhatItWasBuiltInOthers) {
  CapturedConsole console;
  EXPECT_EQ(run_command_line({"--version"}, console), ExitCode::kGood);
  EXPECT_TRUE(console.said.starts_with("chatspec " CHATSPEC_VERSION "\ncommit     "))
      << console.said;
  EXPECT_TRUE(console.said.contains(kSourceCommit)) << console.said;
  EXPECT_TRUE(console.said.contains("\nlibraries  Botan ")) << console.said;
  EXPECT_EQ(std::ranges::count(console.said, '\n'), 4) << console.said;
  EXPECT_FALSE(console.said.contains(" ,")) << "nothing lacks its version: " << console.said;
}

TEST(CommandLine, ThatAsksForWhatCannotBeWrittenIsTroubleOfOurOwn) {
  CapturedConsole console;
  console.is_full = true;
  EXPECT_EQ(run_command_line({"list", "handshake"}, console), ExitCode::kInternal);
  EXPECT_EQ(console.warned, "chatspec: it is full\n");
}

TEST(CommandLine, WhoseReaderHasSeenEnoughEndsInQuiet) {
  CapturedConsole console;
  console.is_full = true;
  console.reader_left = true;
  EXPECT_EQ(run_command_line({"list", "handshake"}, console), ExitCode::kGood);
  EXPECT_EQ(console.warned, "");
}

}  // namespace
}  // namespace chatspec
