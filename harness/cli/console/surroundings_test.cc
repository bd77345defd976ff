// The program in surroundings that it did not choose: what it inherits from whoever starts it, and
// who reads what it writes.

#include <cstdlib>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reference/tests/run_command.h"

namespace chatspec {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Runs a script in which `run` plays one scenario with the reference server, in a folder of its own
// that is gone afterwards.
chat::CommandOutcome run_script(const std::string& script) {
  setenv("BIN", CHATSPEC_BIN_DIR, 1);
  const std::string prelude =
      "d=$(mktemp -d) && cd \"$d\" || exit 99; trap 'cd /; rm -rf \"$d\"' EXIT\n"
      "run() { \"$BIN/chatspec\" run \"$@\" --server \"'$BIN/chat-server' {port} {keys}\"; }\n";
  setenv("SCRIPT", (prelude + script).c_str(), 1);
  return chat::run_command_line("exec sh -c \"$SCRIPT\" </dev/null 2>&1");
}

TEST(TemporaryFolder, IsTmpWhereTmpdirIsEmpty) {
  const chat::CommandOutcome outcome = run_script("TMPDIR= run handshake/hello -q");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(TemporaryFolder, ThatIsNotThereIsTold) {
  for (const std::string command : {"run handshake/hello", "\"$BIN/chatspec\" doctor"}) {
    const chat::CommandOutcome outcome = run_script("TMPDIR=/no/such " + command);
    EXPECT_EQ(outcome.status, 4);
    EXPECT_EQ(outcome.output,
              "chatspec: TMPDIR is /no/such: No such file or directory (make that folder, set "
              "TMPDIR to another, or unset it for /tmp)\n");
  }
}

TEST(WorkingFolder, ThatIsGoneKeepsNothingFromBeingPlayed) {
  const chat::CommandOutcome outcome =
      run_script("mkdir gone && cd gone && rmdir ../gone; run handshake/hello -q");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(WorkingFolder, ThatIsGoneIsToldOfARelativeWord) {
  const chat::CommandOutcome outcome = run_script(
      "mkdir gone && cd gone && rmdir ../gone\n"
      "\"$BIN/chatspec\" run --server 'python3 server.py {port} {keys}'");
  EXPECT_EQ(outcome.status, 4);
  EXPECT_THAT(outcome.output, HasSubstr("the folder in which chatspec was started, which is gone"));
}

TEST(Limits, OfTheStackBelowWhatAnythingNeedsAreTold) {
  // As somebody who cannot raise it again.
  const chat::CommandOutcome outcome = run_script(
      "ulimit -s 64; if [ $(id -u) = 0 ]; then set -- setpriv --bounding-set -sys_resource "
      "--inh-caps -sys_resource; fi\n"
      "\"$@\" \"$BIN/chatspec\" --version");
  EXPECT_EQ(outcome.status, 4) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("the stack is limited to 64 KiB (ulimit -s)"));
}

TEST(Limits, OfAFilesSizeAreTroubleWithTheLogAndNoEnd) {
  const chat::CommandOutcome outcome = run_script("ulimit -f 1; run handshake -q --log log");
  EXPECT_EQ(outcome.status, 3) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("log: cannot write the log: File too large"));
}

// The process namespace is new, and /proc that of the old one.
TEST(Proc, OfAnotherProcessNamespaceIsToldWhereItMatters) {
  const std::string unshare = "exec unshare --user --map-root-user --pid --fork ";
  if (run_script(unshare + "true").status != 0) GTEST_SKIP() << "no namespaces";
  const chat::CommandOutcome outcome =
      run_script(unshare + "\"$BIN/chatspec\" run --isolation plain --server 'true {port} {keys}'");
  EXPECT_EQ(outcome.status, 4);
  EXPECT_THAT(outcome.output, HasSubstr("/proc shows the processes of another process namespace"));
  EXPECT_THAT(outcome.output, HasSubstr("mount -t proc proc /proc"));
}

// `script` gives its command a terminal.
TEST(Terminal, ThatObeysNoControlsIsSentNone) {
  if (std::system("command -v script >/dev/null") != 0) GTEST_SKIP() << "no program called script";
  const std::string in_terminal =
      "printf '%s\\n' \"exec '$BIN/chatspec' run handshake/hello --server "
      "\\\"'$BIN/chat-server' {port} {keys}\\\"\" >job; unset NO_COLOR CLICOLOR_FORCE\n"
      "script -qec 'sh job' /dev/null";
  for (const std::string term : {"export TERM=dumb", "unset TERM"}) {
    const chat::CommandOutcome outcome = run_script(term + "\n" + in_terminal);
    EXPECT_THAT(outcome.output, HasSubstr("1 pass in ")) << term;
    EXPECT_THAT(outcome.output, Not(HasSubstr("\x1b"))) << term;
  }
  EXPECT_THAT(run_script("export TERM=xterm\n" + in_terminal).output, HasSubstr("\x1b[32m1 pass"));
}

// A pipe whose reader is gone before anything is written.
TEST(Reader, ThatHasSeenEnoughEndsAnyCommandInQuiet) {
  const std::string into_nowhere = "mkfifo closed; exec 3<>closed 4>closed 3<&-\n";
  for (const std::string command :
       {"list", "explain SIG-1", "--help", "run --help", "lint --help", "doctor || true"}) {
    const chat::CommandOutcome outcome =
        run_script(into_nowhere + "\"$BIN/chatspec\" 2>&1 >&4 " + command);
    EXPECT_EQ(outcome.status, 0) << command;
    EXPECT_EQ(outcome.output, "") << command;
  }
  // What failed until then has failed, whoever looked.
  const chat::CommandOutcome failed = run_script(
      into_nowhere + "\"$BIN/chatspec\" 2>&1 >&4 run handshake --server 'false {port} {keys}'");
  EXPECT_EQ(failed.status, 1);
  EXPECT_EQ(failed.output, "");
}

// What is opened later must not be taken for one of them: what is said would go there.
TEST(StandardStreams, ThatAreClosedAreNothingElse) {
  const std::string no_output = "cannot write to standard output: Bad file descriptor\n";
  for (const auto& [closed, told] : {std::pair<std::string, std::string>("<&-", "0 "),
                                     {"2>&-", "0 "},
                                     {">&-", "3 chatspec: " + no_output},
                                     {"<&- >&-", "3 chatspec: " + no_output},
                                     {"<&- >&- 2>&-", "3 "}}) {
    const chat::CommandOutcome outcome =
        run_script("run handshake -v --log log >report 2>errors " + closed +
                   "\nprintf '%s ' $?; cat errors; grep -v '^{\"record\":' log");
    EXPECT_EQ(outcome.output, told) << closed;
  }
}

}  // namespace
}  // namespace chatspec
