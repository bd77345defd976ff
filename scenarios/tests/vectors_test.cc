// What `chatspec export-vectors` writes carries the expectations: vectors/play.py, which knows
// nothing else of the protocol, comes to the verdicts that chatspec comes to. Which bugs of the
// bank are played says CHATSPEC_BUGS, as in bank_test; without it, fifteen.

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "reference/tests/test_folder.h"
#include "scenarios/tests/expected_bugs.h"
#include "scenarios/tests/run_chatspec.h"

namespace chatspec {
namespace {

const std::string kScenarios = CHATSPEC_SOURCE_DIR "/scenarios/";
const std::string kChatspec = quote_word(CHATSPEC_BIN_DIR "/chatspec");

struct PlayedVectors {
  Outcome program;
  std::map<std::string, std::string> verdicts{};  // by id
};

void export_vectors(const chat::TestFolder& folder, const std::string& arguments) {
  const Outcome outcome =
      run_command(kChatspec + " export-vectors " + quote_word(folder.at("vectors")) +
                  " --role server " + arguments);
  ASSERT_EQ(outcome.status, 0) << outcome.output;
}

const std::string kPlayer = "python3 -B " + quote_word(kScenarios + "vectors/play.py") + " ";

// What the reader said.
PlayedVectors read_played(Outcome outcome) {
  PlayedVectors played{std::move(outcome)};
  std::istringstream lines(played.program.output);
  for (std::string verdict, id; lines >> verdict >> id; std::getline(lines, id)) {
    if (id.ends_with(':')) id.pop_back();
    if (id.contains('/')) played.verdicts[id] = verdict;
  }
  return played;
}

PlayedVectors play_vectors(const chat::TestFolder& folder, const std::string& arguments) {
  return read_played(run_command(kPlayer + quote_word(folder.at("vectors")) + " " + arguments));
}

std::size_t count(const PlayedVectors& played, const std::string& verdict) {
  return static_cast<std::size_t>(std::ranges::count_if(
      played.verdicts, [&](const auto& entry) { return entry.second == verdict; }));
}

TEST(Vectors, OfTheCoreArePassedByCorrectServers) {
  const chat::TestFolder folder;
  export_vectors(folder, "--tag core --seed 1");
  for (const std::string& server :
       {quote_word(CHATSPEC_BIN_DIR "/chat-server"),
        "python3 " + quote_word(kScenarios + "implementations/correct/python/server.py")}) {
    const PlayedVectors played =
        play_vectors(folder, "--deadline 60 -- " + server + " {port} {keys}");
    EXPECT_EQ(played.program.status, 0) << played.program.output;
    EXPECT_GE(count(played, "pass"), 70U) << played.program.output;
    EXPECT_EQ(count(played, "pass") + count(played, "skipped"), played.verdicts.size())
        << played.program.output;
    EXPECT_LE(count(played, "skipped"), 8U) << played.program.output;
  }
}

// One process for all tests; it says where it listens.
TEST(Vectors, OfAServersKeysArePassedByTheServerThatRuns) {
  const chat::TestFolder folder;
  const std::string keys = folder.write("keys.txt", "one\ntwo\n");
  export_vectors(folder, "handshake signature data/lines --keys " + quote_word(keys));
  const std::string script = folder.write("play_running.py", R"(import subprocess, sys
server = subprocess.Popen(sys.argv[1:4] + ["0", sys.argv[4]], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
port = server.stderr.readline().split(b":")[-1].decode().strip()
status = subprocess.run(sys.argv[5:] + ["--connect", "127.0.0.1:" + port]).returncode
server.kill()
sys.exit(status)
)");
  const PlayedVectors played = read_played(run_command(
      "python3 -B " + quote_word(script) + " " + quote_word(CHATSPEC_BIN_DIR "/chat-server") +
      " --keep-serving --address=127.0.0.1 " + quote_word(keys) + " " + kPlayer +
      quote_word(folder.at("vectors")) + " --deadline 60"));
  EXPECT_EQ(played.program.status, 0) << played.program.output;
  EXPECT_GT(count(played, "pass"), 15U) << played.program.output;
  EXPECT_EQ(count(played, "pass"), played.verdicts.size()) << played.program.output;
}

// One of each way to be wrong, none of which depends on how fast anybody is.
const std::set<std::string> kBugs{
    "ending/quit-leaves-open",  "ending/unknown-command-answered",
    "escaping/not-unescaped",   "escaping/backslashes-only-unescaped",
    "replies/hello-unchecked",  "replies/silent-after-hello",
    "replies/reply-with-crlf",  "replies/ok-before-hello",
    "signing/first-key-always", "signing/key-before-text",
    "text/signs-before-text",   "text/signature-upper-case",
    "text/one-line-only",       "text/empty-message-crashes",
    "verdict/fail-closes",
};

bool is_chosen(const std::string& bug) {
  const char* words = std::getenv("CHATSPEC_BUGS");
  if (!words) return kBugs.contains(bug);
  std::istringstream stream{std::string(words)};
  for (std::string word; stream >> word;)
    if (("server/" + bug).find(word) != std::string::npos) return true;
  return false;
}

// As the reader says it: it knows no hangs and crashes.
std::string as_reader_says(Verdict verdict) {
  return is_failure(verdict) ? "fail" : std::string(to_string(verdict));
}

// The cases that catch the bug, and those that every bug meets.
std::string cases_of(const ExpectedBug& bug, const ExpectedBugs& expected) {
  std::set<std::string> ids(expected.watched.at("server").begin(),
                            expected.watched.at("server").end());
  for (const auto* listed : {&bug.meant, &bug.also})
    for (const auto& [id, code] : *listed) ids.insert(id);
  ids.erase("*");
  std::string words;
  for (const std::string& id : ids) words += " " + quote_word(id);
  return words;
}

void compare_verdicts(const ExpectedBug& bug, const ExpectedBugs& expected) {
  const std::string cases = cases_of(bug, expected);
  const std::string program = "python3 -E -S " + quote_word(kScenarios + "bank/server.py") + " " +
                              bug.name + " {port} {keys}";
  const chat::TestFolder folder;
  export_vectors(folder, "--seed 1" + cases);
  const PlayedVectors played =
      play_vectors(folder, "--deadline 5 --silence 1 --pause 0.2 -- " + program);
  const SuiteOutcome judged = run_suite("-q --seed 1 --play-on --silence 1 --jobs 2 --server " +
                                        quote_word(program) + cases);
  std::size_t caught = 0;
  for (const auto& [id, verdict] : played.verdicts) {
    if (verdict == "skipped") continue;
    const auto found = judged.cases.find(id);
    const std::string wanted =
        found == judged.cases.end() ? "not played" : as_reader_says(found->second.verdict);
    caught += verdict != "pass";
    EXPECT_EQ(verdict, wanted) << bug.name << " " << id << "\n" << played.program.output;
  }
  EXPECT_EQ(played.program.status, count(played, "fail") > 0 ? 1 : 0) << played.program.output;
  if (kBugs.contains(bug.name)) {
    EXPECT_GT(caught, 0U) << bug.name << "\n" << played.program.output;
  }
}

// Several at a time: where a server is silent, the reader waits.
TEST(Vectors, FailWhereChatspecFailsAServerOfTheBank) {
  const auto expected = parse_expected_bugs(chat::content_of(kScenarios + "bank/expected.txt"));
  ASSERT_TRUE(expected) << expected.error();
  std::vector<const ExpectedBug*> bugs;
  for (const ExpectedBug& bug : expected->bugs)
    if (bug.role == "server" && is_chosen(bug.name)) bugs.push_back(&bug);
  ASSERT_GE(bugs.size(), std::getenv("CHATSPEC_BUGS") ? 1U : kBugs.size());
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> workers;
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([&] {
      for (std::size_t at = next++; at < bugs.size(); at = next++)
        compare_verdicts(*bugs[at], *expected);
    });
  }
}

// A reader sees whose file it has.
TEST(Vectors, ThatWereChangedAreNotPlayed) {
  const chat::TestFolder folder;
  export_vectors(folder, "handshake");
  std::string content = folder.content("vectors/server-handshake.json");
  content.replace(content.find("260 OK"), 6, "261 OK");
  folder.write("vectors/server-handshake.json", content);
  const PlayedVectors played = play_vectors(folder, "-- false");
  EXPECT_EQ(played.program.status, 1);
  EXPECT_EQ(played.program.output, "play.py: server-handshake.json is not the file of the index\n");
}

}  // namespace
}  // namespace chatspec
