// chatspec grade, as its users meet it: from submissions as they were handed in to marks.

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;
namespace fs = std::filesystem;

// A suite of two cases, which is read sooner than ours, in the tier that every machine has: what
// matters here is what becomes of them.
const std::string kHello =
    "scenario  HELLO is answered with 260 OK\n"
    "covers    HELLO-2\n"
    "role      server\n"
    "tags      core\n"
    "C: HELLO\n"
    "S: 260 OK\n";
const std::string kFail =
    "scenario  a wrong signature is answered with FAIL\n"
    "covers    VERDICT-2\n"
    "role      server\n"
    "tags      core\n"
    "message   hello\n"
    "signature wrong\n"
    "C: HELLO\nS: 260 OK\n"
    "C: DATA\nC: <message 1>\nC: .\n"
    "S: 270 SIG\nS: <signature 1>\nor <any signature>\n"
    "C: FAIL\nS: 260 OK\n";
const std::string kGradedAssignment =
    "title      Exercise 3\n"
    "scenarios  suite\n"
    "isolation  plain\n"
    "retries    0\n"
    "language python\n"
    "  when    server.py\n"
    "  server  python3 server.py {port} {keys}\n"
    "language c\n"
    "  when    *.c\n"
    "  build   cc -o server server.c\n"
    "  server  ./server {port} {keys}\n"
    "points     60  handshake\n"
    "points     40  verdict\n";

class GradeCommand : public ::testing::Test {
 protected:
  GradeCommand() {
    folder_.write("a.txt", kGradedAssignment);
    folder_.write("suite/handshake/hello.chat", kHello);
    folder_.write("suite/verdict/fail.chat", kFail);
  }

  void hand_in(const std::string& student, const std::string& program) const {
    folder_.write("in/" + student + "/server.py", chat::content_of(kPrograms + program));
  }

  Outcome grade(const std::string& words) const {
    return chatspec("grade a.txt in --out out --seed 7 " + words, "2>&1", folder_.at(""));
  }

  // "ID=POINTS", or "ID=?", for each line.
  std::string marks() const {
    std::string text;
    std::string table = folder_.content("out/scores.csv");
    for (std::size_t end = table.find('\n'); end != table.npos; end = table.find('\n')) {
      const std::string line = table.substr(0, end);
      table.erase(0, end + 1);
      if (line.starts_with("id,")) continue;
      const std::size_t status = line.find(",graded,");
      const std::size_t points = status + std::string(",graded,").size();
      text += line.substr(0, line.find(',')) + "=" +
              (status == line.npos ? "?" : line.substr(points, line.find(',', points) - points)) +
              " ";
    }
    return text;
  }

  Folder folder_;
};

const std::string kGoodServer = "correct/python/server.py";
const std::string kFlawedServer = "flawed/python/server.py";

TEST_F(GradeCommand, GivesEachWhatItEarns) {
  hand_in("ann", kGoodServer);
  hand_in("bob", kFlawedServer);
  folder_.write("in/cem/server.c", "int main( {\n");
  folder_.write("in/dee/essay.txt", "hello\n");
  const Outcome outcome = grade("");
  EXPECT_EQ(outcome.status, 5) << outcome.output;
  EXPECT_EQ(marks(), "ann=100 bob=60 cem=0 dee=? ") << outcome.output;
  EXPECT_TRUE(
      outcome.output.contains("3 of 4 submissions graded; 0 to 100 points, the median 60\n"
                              "not graded:\n  dee: its files are of none of"))
      << outcome.output;
  const std::string told = folder_.content("out/students/bob.txt");
  EXPECT_TRUE(told.starts_with("bob\n\nThe server:\n     60/60  handshake: 1 of 1 cases pass\n"))
      << told;
  EXPECT_TRUE(folder_.content("out/students/cem.txt").contains("error"));
  EXPECT_FALSE(fs::exists(folder_.at("out/logs/cem.server.again.jsonl")))
      << "a compiler says the same each time";
  EXPECT_TRUE(folder_.content("out/students/bob.html").contains("bob: 60 of 100 points"));
  EXPECT_TRUE(folder_.content("out/class.html").contains("4 submissions, 3 of them graded"));
  EXPECT_TRUE(folder_.content("out/status.json").contains("\"finished\":true"));
  // Of several there is no one result for a platform; of one there is, also where it has no mark.
  const Outcome several = grade("--resume --autolab -");
  EXPECT_TRUE(several.output.contains("--autolab: expected one submission, found 4"))
      << several.output;
  const Outcome alone =
      chatspec("grade a.txt in/dee --out alone --gradescope r.json", "2>&1", folder_.at(""));
  EXPECT_EQ(alone.status, 5) << alone.output;
  EXPECT_TRUE(folder_.content("r.json").contains("Not graded: ")) << folder_.content("r.json");
  // The mark can be made again of the logs.
  EXPECT_TRUE(chatspec("mark a.txt out/logs/bob.server.jsonl", "2>&1", folder_.at(""))
                  .output.ends_with("\n60 of 100 points for Exercise 3\n"));
}

TEST_F(GradeCommand, TellsWhatCountsInNoPart) {
  hand_in("bob", kFlawedServer);
  EXPECT_FALSE(grade("").output.contains("to no part"));
  folder_.write("a.txt", kGradedAssignment.substr(0, kGradedAssignment.find("points     40")));
  fs::remove_all(folder_.at("out"));
  const Outcome outcome = grade("");
  EXPECT_TRUE(
      outcome.output.contains("a.txt: one case that is played belongs to no part, and what "
                              "fails there costs nothing: 1 of verdict\n"))
      << outcome.output;
  EXPECT_EQ(marks(), "bob=60 ") << outcome.output;
}

TEST_F(GradeCommand, LeavesLogsBySubmissionThatCanBeCompared) {
  hand_in("ann", kFlawedServer);
  hand_in("bob", kFlawedServer);
  EXPECT_EQ(grade("").status, 0);
  const auto alike = [&](const std::string& words) {
    return chatspec("alike " + words, "2>&1", folder_.at(""));
  };
  // Of two, nothing is rare.
  EXPECT_EQ(alike("out").output, "no two of 2 submissions behave alike beyond chance\n");
  const Outcome named = alike("out --bits -10 --csv -");
  EXPECT_EQ(named.status, 0);
  EXPECT_TRUE(named.output.starts_with("one,other,bits,")) << named.output;
  EXPECT_TRUE(named.output.contains("\r\nann,bob,")) << named.output;
  folder_.write("out/logs/cem.server.jsonl", "{}\n");
  const Outcome broken = alike("out");
  EXPECT_EQ(broken.status, 4);
  EXPECT_TRUE(broken.output.contains("it is compared with nobody")) << broken.output;
  EXPECT_TRUE(broken.output.contains("no two of 2 submissions")) << broken.output;
  EXPECT_EQ(alike("in").status, 4);
}

TEST_F(GradeCommand, PlaysOnlyWhatHasChanged) {
  hand_in("ann", kGoodServer);
  hand_in("bob", kFlawedServer);
  hand_in("cem", kGoodServer);
  EXPECT_EQ(grade("").status, 0);
  const std::string before = folder_.content("out/scores.csv");
  EXPECT_TRUE(grade("").output.contains("--resume goes on with it"));
  Outcome outcome = grade("--resume");
  EXPECT_FALSE(outcome.output.contains("a minute")) << outcome.output;
  EXPECT_EQ(folder_.content("out/scores.csv"), before);
  hand_in("bob", kGoodServer);
  fs::remove_all(folder_.at("in/cem"));
  outcome = grade("--resume");
  EXPECT_TRUE(outcome.output.contains("1/1  ")) << outcome.output;
  EXPECT_TRUE(outcome.output.contains("bob.server\n")) << outcome.output;
  EXPECT_EQ(marks(), "ann=100 bob=100 cem=? ") << outcome.output;
  EXPECT_TRUE(outcome.output.contains("cem: it was graded before")) << outcome.output;
  // Nobody's mark changes silently.
  EXPECT_TRUE(outcome.output.contains(
      "since the last time: 1 not graded any more, 1 rose, 1 as before; chatspec regrade --diff"))
      << outcome.output;
  const Outcome why = chatspec("regrade --diff out/marks.before.jsonl out", "2>&1", folder_.at(""));
  EXPECT_EQ(why.status, 1);
  EXPECT_TRUE(
      why.output.contains("  bob  60 -> 100  (+40)\n"
                          "      other files were handed in\n"
                          "      server: verdict: 0/40 -> 40/40\n"))
      << why.output;
  // Other points are another mark of the same logs.
  folder_.write("a.txt", kGradedAssignment + "deviates 50%\n");
  EXPECT_FALSE(grade("--resume").output.contains("a minute"));
  folder_.write("a.txt", kGradedAssignment + "deadline 6s\n");
  EXPECT_TRUE(grade("--resume").output.contains("2/2"));
  fs::remove(folder_.at("out/logs/ann.server.jsonl"));
  EXPECT_TRUE(grade("--resume").output.contains("1/1"));
}

// Many machines grade a part each, and one makes the marks of all.
TEST_F(GradeCommand, TakesTogetherWhatWasGradedInParts) {
  hand_in("ann", kGoodServer);
  hand_in("bob", kFlawedServer);
  EXPECT_EQ(grade("").status, 0);
  const std::string whole = folder_.content("out/scores.csv");
  const auto part = [&](const std::string& words) {
    return chatspec("grade a.txt in " + words, "2>&1", folder_.at(""));
  };
  EXPECT_EQ(part("--out one --shard 1/2 --seed 7").status, 0);
  EXPECT_EQ(folder_.content("one/scores.csv").find("bob"), std::string::npos);
  EXPECT_EQ(part("--out two --shard 2/2 --seed 7").status, 0);
  const Outcome both = part("--out both --take one --take two");
  EXPECT_EQ(both.status, 0);
  EXPECT_TRUE(both.output.starts_with("one: took over 1 of 1 run\ntwo: took over 1 of 1 run\n"))
      << both.output;
  EXPECT_EQ(folder_.content("both/scores.csv"), whole);
}

TEST_F(GradeCommand, BeginsNothingWhenTheTimeIsOver) {
  hand_in("ann", kGoodServer);
  hand_in("bob", kGoodServer);
  const Outcome outcome = grade("--jobs 1 --time-limit 0.01");
  EXPECT_EQ(outcome.status, 5) << outcome.output;
  EXPECT_TRUE(outcome.output.contains("bob: the server was not played")) << outcome.output;
  EXPECT_TRUE(marks().ends_with("bob=? ")) << marks();
  EXPECT_TRUE(folder_.content("out/status.json").contains("\"finished\":false"));
  EXPECT_EQ(grade("--resume").status, 0);
  EXPECT_TRUE(folder_.content("out/status.json").contains("\"finished\":true"));
  EXPECT_EQ(marks(), "ann=100 bob=100 ");
}

// Whatever moment it is, what is left can be gone on with, and comes to the same.
TEST_F(GradeCommand, GoesOnAfterItWasKilled) {
  for (const char* student : {"ann", "bob", "cem", "dee"}) hand_in(student, kFlawedServer);
  EXPECT_EQ(grade("").status, 0);
  const std::string expected = folder_.content("out/scores.csv");
  fs::remove_all(folder_.at("out"));
  const auto run_until = [&](const std::string& signal, std::size_t ends) {
    // The shell waits for so many plays to end, as far as the journal tells, and then kills it.
    return chat::run_command_line(fmt::format(
        "cd '{0}'; '{1}/chatspec' grade a.txt in --out out --jobs 1 --seed 7 {4} >said 2>&1 "
        "</dev/null & "
        "while kill -0 $! 2>/dev/null && "
        "[ $(cat out/journal.jsonl 2>/dev/null | wc -l) -le {3} ]; do :; done; kill -{2} $!; "
        "wait $!; echo $?",
        folder_.at(""), kBin, signal, ends, ends > 0 ? "--resume" : ""));
  };
  run_until("KILL", 0);
  const Outcome interrupted = run_until("TERM", 2);
  EXPECT_TRUE(folder_.content("said").contains("--resume goes on with it\n") ||
              interrupted.output == "0\n")
      << folder_.content("said");
  EXPECT_TRUE(marks().contains("ann=60 ")) << marks() << folder_.content("said");
  const Outcome outcome = grade("--resume");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_EQ(folder_.content("out/scores.csv"), expected);
}

TEST_F(GradeCommand, PlaysAgainAloneWhatRestsOnADeadline) {
  folder_.write("a.txt", kGradedAssignment + "deadline 1s\n");
  // It sleeps for ever where it should answer, by a timer, so that this cannot be proven.
  folder_.write("in/eve/server.py",
                "import socket, sys, time\n"
                "s = socket.socket()\n"
                "s.bind(('', int(sys.argv[1])))\n"
                "s.listen()\n"
                "c, _ = s.accept()\n"
                "c.recv(100)\n"
                "c.send(b'260 OK\\n')\n"
                "time.sleep(3600)\n");
  const Outcome outcome = grade("");
  EXPECT_EQ(marks(), "eve=60 ") << outcome.output;
  EXPECT_TRUE(outcome.output.contains("eve.server.again ")) << outcome.output;
}

TEST_F(GradeCommand, SaysWhatOfAProgramIsNotThere) {
  hand_in("ann", kGoodServer);
  std::string text = kGradedAssignment;
  folder_.write("a.txt", text.replace(text.find("python3 server"), 14, "python3 serve"));
  const Outcome outcome = grade("");
  EXPECT_EQ(outcome.status, 5) << outcome.output;
  EXPECT_TRUE(
      outcome.output.contains("ann: the server cannot be played: --server: python3 is to "
                              "run \"serve.py\", but there is no such file in its folder"))
      << outcome.output;
}

TEST_F(GradeCommand, SaysWhatIsWrongWithWhatItWasGiven) {
  hand_in("ann", kGoodServer);
  const auto expect_mistake = [&](const std::string& words, const std::string& message) {
    const Outcome outcome = chatspec("grade " + words, "2>&1", folder_.at(""));
    EXPECT_EQ(outcome.status, 4) << outcome.output;
    EXPECT_TRUE(outcome.output.contains(message)) << outcome.output;
  };
  expect_mistake("a.txt in", "--out is required");
  expect_mistake("a.txt nosuch --out out", "nosuch: there is no such folder or archive");
  expect_mistake("a.txt in --out out --shard 1/2", "--shard: all parts of a grading need the same");
  expect_mistake("a.txt in --out out --take in", "--take: in/journal.jsonl: cannot open it");
  expect_mistake("a.txt in --out in", "in: expected an empty folder, or none");
  expect_mistake("a.txt in --out in/../in/results",
                 "--out: in/../in/results lies in in, and would");
  expect_mistake("a.txt in --out new --resume", "new: there is no grading to go on with");
  folder_.write("b.txt", "points 1 *\n");
  expect_mistake("b.txt in --out out", "b.txt: no `language NAME` says how");
  folder_.write("b.txt", kGradedAssignment + "hidden handshke/*\nexclude slwo\n");
  expect_mistake("b.txt in --out out",
                 "b.txt:14: hidden: no scenario, chapter, tag or requirement is called "
                 "\"handshke/*\"");
  folder_.write("b.txt", kGradedAssignment + "points 5 handshake/hello\n");
  expect_mistake("b.txt in --out out",
                 "b.txt:14: points: no case that is played belongs to handshake/hello: either");
  folder_.write("b.txt", "language c\n  when a.c\n  server ./a {port}\npoints 1 *\n");
  expect_mistake("b.txt in --out out", "b.txt:1: language c: server: {keys} is missing");
  folder_.write("b.txt", kGradedAssignment + "profile nosuch\n");
  expect_mistake("b.txt in --out out", "nosuch: ");
}

}  // namespace
}  // namespace chatspec
