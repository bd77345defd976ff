// Programs with odd ways, as real processes, and what the report tells of them.

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; at += part.size()) ++found;
  return found;
}

// A server that says on standard error what it does, and runs `at_once` when a client has come.
std::string make_server(const Folder& folder, const std::string& at_once) {
  return folder.write("server.py",
                      "import os, socket, sys\n"
                      "def say(text): print(text, file=sys.stderr, flush=True)\n"
                      "say('starting')\n"
                      "s = socket.create_server(('127.0.0.1', int(sys.argv[1])))\n"
                      "c, _ = s.accept()\n"
                      "say('a client came')\n" +
                          at_once);
}

// splice() stands for calls of which it is not known what ends them.
TEST(OddPrograms, OneThatIsInACallUnknownToUsIsAnErrorWhenItWasPlayedOnceMore) {
  const Folder folder;
  const std::string program =
      make_server(folder, "open('" + folder.at("starts") +
                              "', 'a').write('x')\n"
                              "r, _ = os.pipe()\n_, w = os.pipe()\nos.splice(r, w, 1)\n");
  const Outcome outcome =
      chatspec("run handshake/hello --play-on --isolation plain --deadline 0.2 " +
               server("python3 " + program));
  EXPECT_EQ(outcome.status, 3) << outcome.output;
  EXPECT_EQ(folder.content("starts"), "xx") << outcome.output;
  EXPECT_TRUE(outcome.says("error handshake/hello ")) << outcome.output;
  EXPECT_TRUE(outcome.says("is blocked in splice()")) << outcome.output;
  EXPECT_TRUE(outcome.says(", which is unknown to us")) << outcome.output;
  if (std::filesystem::exists("/proc/self/wchan")) {
    EXPECT_TRUE(outcome.says(" (wait channel ")) << outcome.output;
  }
}

TEST(OddPrograms, OneThatNeverListensIsGivenUpAndTheReportsEndSaysSoOnce) {
  constexpr std::string_view kSentence = "The program never listened in two cases";
  const Folder folder;
  const std::string silent = " -v --jobs 1 --deadline 0.05 --log " + folder.at("log") +
                             " --server 'sh -c \"exec tail -f /dev/null\" {port} {keys}'";
  const Outcome given_up = chatspec("run start handshake quit/after-messages" + silent);
  EXPECT_EQ(given_up.status, 1);
  EXPECT_EQ(count(given_up.output, kSentence), 1U) << given_up.output;
  EXPECT_LT(given_up.output.rfind("skipped handshake/"), given_up.output.find(kSentence));
  EXPECT_EQ(chatspec("report -v " + folder.at("log")).output, given_up.output);
  for (const std::string words : {"start", "start quit/after-messages --play-on"}) {
    const Outcome played = chatspec("run " + words + silent);
    EXPECT_EQ(count(played.output, kSentence), 0U) << "all was played\n" << played.output;
  }
}

constexpr auto* kClosesWithout = "c.recv(100)\n";
constexpr auto* kClosesWith = "c.recv(100)\nsay('that is no HELLO')\n";

// Its greetings, at the start and when a client comes, are no complaint.
TEST(OddPrograms, OneThatGreetsOnStandardErrorHasNotComplained) {
  struct Row {
    std::string server;
    std::string verdict;
  };
  for (const Row& row : {Row{kClosesWithout, "no-complaint"}, Row{kClosesWith, "pass"}}) {
    for (const std::string tier : {"plain", "auto"}) {
      const Folder folder;
      const Outcome outcome =
          chatspec("run state/server-complains --play-on --isolation " + tier + " --log " +
                   folder.at("log") + " " + server("python3 " + make_server(folder, row.server)));
      EXPECT_EQ(verdicts_in(folder.at("log")).at("state/server-complains"), row.verdict)
          << outcome.output;
    }
  }
}

}  // namespace
}  // namespace chatspec
