// The program and scenarios of one's own.

#include <fstream>
#include <string_view>
#include <thread>

#include <sys/stat.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using namespace testing_cli;

// Works in another folder until the test ends.
class StayIn {
 public:
  explicit StayIn(const std::string& folder) : before_(fs::current_path()) {
    fs::current_path(folder);
  }
  ~StayIn() { fs::current_path(before_); }
  StayIn(const StayIn&) = delete;
  StayIn& operator=(const StayIn&) = delete;

 private:
  fs::path before_;
};

using Verdicts = std::map<std::string, std::string>;

// A run of two scenarios of one's own, one of which fails, with its log; and whoever reads it is
// where it was.
class OwnScenariosTest : public ::testing::Test {
 protected:
  OwnScenariosTest() {
    fs::create_directory("mine");
    write("good", "260 OK");
    write("bad", "260 FINE");
    const Outcome run = chatspec("run mine/good.chat mine/bad.chat --log-events all --log log " +
                                 server(kBin + "/chat-server"));
    EXPECT_EQ(run.status, 1) << run.output;
  }

  static Verdicts verdicts_of(const std::string& command) {
    const Outcome outcome = chatspec(command + " --log again.log");
    EXPECT_LE(outcome.status, 1) << outcome.output;
    return verdicts_in("again.log");
  }

  void write(const std::string& name, const std::string& reply) const {
    folder_.write(
        "mine/" + name + ".chat",
        "scenario  t\ncovers    HELLO-2\nrole      server\n\nC: HELLO\nS: " + reply + "\n");
  }

 private:
  const Folder folder_;
  const StayIn stay_{folder_.at("")};
};

TEST(OwnScenarios, FindWhatTheyNeedInTheSuite) {
  const Folder folder;
  fs::create_directories(folder.at("mine"));
  const std::string own =
      folder.write("mine/x.chat",
                   "scenario  t\ncovers    HELLO-2\nrole      server\nneeds     handshake/hello\n\n"
                   "C: HELLO\nS: 260 OK\n");
  const std::string log = folder.at("log");
  const Outcome outcome =
      chatspec("run " + own + " --log " + log + " " + server(kBin + "/chat-server"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.output.contains("played too, because what you named needs it: "))
      << outcome.output;
  const auto verdicts = verdicts_in(log);
  EXPECT_EQ(verdicts.count("mine/x"), 1U);
  EXPECT_EQ(verdicts.count("handshake/hello"), 1U);
  EXPECT_EQ(chatspec("lint " + own).output, "1 scenario, 1 case: no mistakes\n");
  EXPECT_TRUE(chatspec("list " + own).output.starts_with("mine/x "));
}

// Logs have the words by which a run selected, so that later commands find what those led to.
TEST_F(OwnScenariosTest, AreFoundByTheLogOfTheirRun) {
  EXPECT_EQ(verdicts_of("run --again log"),
            (Verdicts{{"mine/bad", "wrong-bytes"}, {"mine/good", "pass"}}));
  EXPECT_EQ(verdicts_of("run --again log mine/good"), (Verdicts{{"mine/good", "pass"}}));
  EXPECT_EQ(verdicts_of("run --again log handshake/hello"),
            (Verdicts{{"handshake/hello", "pass"}}));
  EXPECT_EQ(verdicts_of("run --only-failed log " + server(kBin + "/chat-server")),
            (Verdicts{{"mine/bad", "wrong-bytes"}}));
  const Outcome judged = chatspec("judge log");
  EXPECT_EQ(judged.status, 0) << judged.output;
  EXPECT_EQ(judged.output, "2 judged again, 0 of them differ\n");
}

TEST_F(OwnScenariosTest, AreFoundHoweverTheyWereNamed) {
  for (const std::string& word : {fs::absolute("mine").string(), std::string(".")}) {
    const Outcome run = chatspec("run " + word + " --log-events all --log other.log " +
                                 server(kBin + "/chat-server"));
    EXPECT_EQ(run.status, 1) << run.output;
    EXPECT_EQ(chatspec("judge other.log").output, "2 judged again, 0 of them differ\n") << word;
    EXPECT_EQ(verdicts_of("run --again other.log mine/good"), (Verdicts{{"mine/good", "pass"}}));
  }
}

TEST_F(OwnScenariosTest, ArePlayedWithWhatTheyNeedBesideThem) {
  const std::string log = "needy.log";
  write("needed", "260 OK");
  std::ofstream("mine/needy.chat") << "scenario  t\ncovers    HELLO-2\nrole      server\n"
                                      "needs     mine/needed\n\nC: HELLO\nS: 260 FINE\n";
  EXPECT_EQ(
      chatspec("run mine/needy.chat -q --log " + log + " " + server(kBin + "/chat-server")).status,
      1);
  EXPECT_EQ(verdicts_of("run --only-failed " + log + " " + server(kBin + "/chat-server")),
            (Verdicts{{"mine/needed", "pass"}, {"mine/needy", "wrong-bytes"}}));
}

// One that is broken by now costs its own cases only.
TEST_F(OwnScenariosTest, ThatAreBrokenByNowAreNotJudged) {
  std::ofstream("mine/bad.chat") << "nonsense\n";
  const Outcome judged = chatspec("judge log");
  EXPECT_TRUE(judged.says("mine/bad.chat:1")) << judged.output;
  EXPECT_TRUE(judged.says("not judged: the suite does not have it any more")) << judged.output;
}

TEST_F(OwnScenariosTest, AreSelectedAgainAsFarAsThatCanBeDone) {
  EXPECT_EQ(verdicts_of("run --again log --exclude mine/bad"), (Verdicts{{"mine/good", "pass"}}));
  std::ofstream("both.log") << chat::content_of("log");
  const Outcome other =
      chatspec("run mine/good.chat -q --log other.log " + server(kBin + "/chat-server"));
  EXPECT_EQ(other.status, 0) << other.output;
  std::ofstream("both.log", std::ios::app) << chat::content_of("other.log");
  const Outcome both = chatspec("run --again both.log");
  EXPECT_EQ(both.status, 4);
  EXPECT_TRUE(both.says("its runs did not select the same: name what is to be played"))
      << both.output;
  EXPECT_EQ(verdicts_of("run --again both.log mine/good"), (Verdicts{{"mine/good", "pass"}}));
}

TEST_F(OwnScenariosTest, AreMissedWhereTheyAreGone) {
  fs::remove_all("mine");
  const Outcome again = chatspec("run --again log");
  EXPECT_EQ(again.status, 4) << again.output;
  EXPECT_TRUE(again.says("mine/good.chat")) << again.output;
  EXPECT_TRUE(chatspec("judge log").says("2 not judged: the suite does not have it any more"));
}

// One who has changed a copy of ours has scenarios with our names.
TEST(OwnScenarios, AreMeantByTheirNamesWhereTheyHaveThem) {
  const Folder folder;
  const std::string path =
      folder.write("handshake/hello.chat",
                   "scenario  mine\ncovers    HELLO-2\nrole      server\n\nC: HELLO\nS: 260 OK\n");
  const Outcome both = chatspec("list " + path + " handshake/hello");
  EXPECT_EQ(both.status, 0) << both.output;
  EXPECT_TRUE(both.output.ends_with(" mine\n")) << both.output;
  EXPECT_TRUE(chatspec("list " + path + " handshake").output.contains("[duplicate]"));
}

TEST(OwnScenarios, AreNarrowedByTheNameOfARow) {
  const Folder folder;
  const std::string path =
      folder.write("mine/x.chat",
                   "scenario  t\ncovers    STATE-1\nrole      server\n\ntable\n"
                   "  | case | unit |\n  | one  | HELO |\n  | two  | EHLO |\n\n"
                   "C: <unit>\nS: <close>\n");
  EXPECT_TRUE(chatspec("list " + path).output.contains("mine/x[one]"));
  const Outcome row = chatspec("list " + path + " 'mine/x[two]'");
  EXPECT_EQ(row.status, 0) << row.output;
  EXPECT_TRUE(row.output.starts_with("mine/x[two] ")) << row.output;
}

TEST(Chapters, ComeBeforeAFolderOfTheirName) {
  const Folder folder;
  fs::create_directories(folder.at("handshake"));
  folder.write("handshake/mine.chat",
               "scenario  t\ncovers    HELLO-2\nrole      server\n\nC: HELLO\nS: 260 OK\n");
  const StayIn stay(folder.at(""));
  const auto said = [](const std::string& arguments) { return chatspec(arguments).output; };
  EXPECT_TRUE(said("list handshake").contains("handshake/hello ")) << said("list handshake");
  EXPECT_TRUE(said("list handshake")
                  .contains("handshake is taken for the chapter of the suite; what lies here is "
                            "./handshake\n"));
  EXPECT_TRUE(said("list ./handshake").starts_with("handshake/mine "));
  EXPECT_EQ(said("lint handshake"), "1 scenario, 1 case: no mistakes\n");
}

TEST(Lint, TakesWarningsForMistakesOnlyWhereItIsToldTo) {
  const Folder folder;
  const std::string path = folder.write("x.chat",
                                        "scenario  t\ncovers    HELLO-2\nrole      server\n\n"
                                        "C: HELLO # once\nS: <close>\n");
  const Outcome outcome = chatspec("lint " + path);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.output.contains("x.chat:5:10: warning: ")) << outcome.output;
  EXPECT_TRUE(outcome.output.ends_with("no mistakes, but warnings\n")) << outcome.output;
  EXPECT_EQ(chatspec("lint --strict " + path).status, 4);
  EXPECT_EQ(chatspec("lint --strict").status, 0);
}

constexpr std::string_view kUntidy =
    "scenario t\ncovers HELLO-2\nrole server\nneeds handshake/hello\nC: HELLO\nS: 260 OK\n";
constexpr std::string_view kTidy =
    "scenario  t\ncovers    HELLO-2\nrole      server\nneeds     handshake/hello\nC: HELLO\n"
    "S: 260 OK\n";

// Somebody who writes it into a pipe once. Whoever opens the pipe a second time waits for ever.
class Pipe {
 public:
  explicit Pipe(std::string_view content) {
    EXPECT_EQ(mkfifo(path().c_str(), 0600), 0);
    writer_ = std::jthread([this, content] { std::ofstream(path()) << content; });
  }
  std::string path() const { return folder_.at("pipe"); }

 private:
  Folder folder_;
  std::jthread writer_;
};

TEST(Lint, ReadsPipesAndStandardInput) {
  for (const std::string before : {"lint ", "lint - < ", "lint /dev/stdin < "}) {
    const Outcome outcome = chatspec(before + Pipe(kUntidy).path());
    EXPECT_EQ(outcome.output, "1 scenario, 1 case: no mistakes\n") << before;
    EXPECT_EQ(outcome.status, 0) << before;
  }
  EXPECT_EQ(chatspec("lint - < /tmp").output,
            "/dev/stdin: error: cannot read it: Is a directory [unreadable-file]\n");
}

TEST(Fmt, WritesWhatCameFromAPipeToStandardOutput) {
  for (const std::string before : {"fmt ", "fmt - < ", "fmt /dev/stdin < "}) {
    EXPECT_EQ(chatspec(before + Pipe(kUntidy).path()).output, kTidy) << before;
    const Outcome checked = chatspec("fmt --check " + before.substr(4) + Pipe(kUntidy).path());
    EXPECT_EQ(checked.status, 1) << before;
    EXPECT_TRUE(checked.output.ends_with(": is not in canonical form\n")) << checked.output;
    EXPECT_EQ(chatspec("fmt --check " + before.substr(4) + Pipe(kTidy).path()).status, 0);
  }
  const Outcome two = chatspec("fmt - -");
  EXPECT_EQ(two.status, 4);
  EXPECT_TRUE(two.output.contains("name it alone")) << two.output;
}

// What is wanted and what it needs are looked up in turn, and a pipe can be read once.
TEST(Run, PlaysAScenarioFromAPipeAndWhatItNeeds) {
  const Folder folder;
  const std::string log = folder.at("log");
  const Outcome outcome = chatspec("run " + Pipe(kUntidy).path() + " --log " + log + " " +
                                   server(kBin + "/chat-server"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_GE(verdicts_in(log).size(), 2U);
  EXPECT_EQ(verdicts_in(log)["handshake/hello"], "pass");
}

}  // namespace
}  // namespace chatspec
