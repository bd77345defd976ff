// The player and the judge together, with implementations in memory: the reference sessions, and
// peers that misbehave.

#include "harness/play/player.h"

#include <algorithm>
#include <csignal>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "harness/cell/fake_cell.h"
#include "harness/judge/judge.h"
#include "harness/play/complaint.h"
#include "harness/report/text/shell_words.h"
#include "harness/scenario/source.h"
#include "reference/no_text.h"
#include "reference/server_session.h"

namespace chatspec {
namespace {

// The reference's server, without a socket.
class ReferenceServer : public FakePeer {
 public:
  explicit ReferenceServer(std::vector<std::string> keys)
      : keys_(std::move(keys)), session_(*chat::find_profile("line"), keys_, nowhere_) {}

  FakeActions on_bytes(int connection, std::string_view bytes) override {
    session_.receive(bytes);
    return answer(connection);
  }
  FakeActions on_end(int connection) override {
    if (session_.finished()) return {};
    session_.receive_end();
    return answer(connection);
  }

 private:
  FakeActions answer(int connection) {
    FakeActions actions;
    if (std::string output = session_.take_output(); !output.empty()) {
      actions.push_back(
          {.kind = FakeAction::Kind::kSend, .connection = connection, .bytes = std::move(output)});
    }
    if (session_.finished())
      actions.push_back({.kind = FakeAction::Kind::kEndStream, .connection = connection});
    return actions;
  }

  std::vector<std::string> keys_;
  chat::NoText nowhere_;
  chat::ServerSession session_;
};

// Does the same thing whatever it hears.
class Stubborn : public FakePeer {
 public:
  explicit Stubborn(FakeActions actions) : actions_(std::move(actions)) {}
  FakeActions on_bytes(int, std::string_view) override { return std::exchange(actions_, {}); }

 private:
  FakeActions actions_;
};

Script script_of(std::string_view transcript, Role role) {
  const std::string source = "scenario  t\ncovers    " +
                             std::string(role == Role::kServer ? "HELLO-2" : "HELLO-1") +
                             "\nrole      " + std::string(to_string(role)) +
                             "\nkey       k\nmessage   hi\n" + std::string(transcript);
  Scenario scenario;
  EXPECT_EQ(check_source(source, "t.chat", scenario), "");
  return make_script(scenario, "t", {role, *chat::find_profile("line"), 1, {}});
}

Judgement play_with(std::unique_ptr<FakePeer> peer, std::string_view transcript) {
  const Script script = script_of(transcript, Role::kServer);
  FakeCell cell(Role::kServer, std::move(peer));
  const auto command = Command::parse("server {port} {keys}", Role::kServer);
  const Transcript played = play(script, cell, &*command, FakeClock());
  EXPECT_EQ(cell.files().at("keys.txt"), "k\n");
  return judge(script, chat::Level::kMust, played);
}

constexpr std::string_view kWhole =
    "C: HELLO | split 1\nS: 260 OK\nC: DATA\nC: <message 1> | joined\nC: .\nS: 270 SIG\nS: "
    "<signature 1>\nC: PASS\nS: 260 OK\nC: QUIT\nS: <close>\n";

TEST(Player, PlaysAWholeConversationWithTheReferenceServer) {
  const Judgement judgement =
      play_with(std::make_unique<ReferenceServer>(std::vector<std::string>{"k"}), kWhole);
  EXPECT_EQ(judgement.verdict, Verdict::kPass)
      << (judgement.failure ? judgement.failure->message : judgement.reason());
}

TEST(Player, FindsTheWrongKeyByItsSignature) {
  const Judgement judgement =
      play_with(std::make_unique<ReferenceServer>(std::vector<std::string>{"k\n"}), kWhole);
  ASSERT_TRUE(judgement.failure);
  EXPECT_EQ(judgement.failure->code, FailureCode::kWrongSignature);
  EXPECT_NE(judgement.failure->cause.sentence.find("key with its line end"), std::string::npos)
      << judgement.failure->cause.sentence;
}

// Greets whoever connects on standard error, and complains of whatever it reads, or does not.
class Grumbler : public FakePeer {
 public:
  explicit Grumbler(bool complains) : complains_(complains) {}
  FakeActions on_connect(int) override {
    return {{.kind = FakeAction::Kind::kPrintError, .bytes = "a client came\n"}};
  }
  FakeActions on_bytes(int, std::string_view bytes) override {
    if (bytes == "HELLO\n") return {{.kind = FakeAction::Kind::kSend, .bytes = "260 OK\n"}};
    FakeActions actions{{.kind = FakeAction::Kind::kEndStream}};
    if (complains_)
      actions.insert(actions.begin(),
                     {.kind = FakeAction::Kind::kPrintError, .bytes = "what is that?\n"});
    return actions;
  }

 private:
  bool complains_;
};

TEST(Player, TakesNoGreetingForAComplaint) {
  for (const std::string begin : {"C: NONSENSE\n", "C: HELLO\nS: 260 OK\nC: NONSENSE\n"}) {
    for (const std::string end : {"S: <complains>\n", "C: <close>\nS: <complains>\n"}) {
      const std::string transcript = begin + "S: <close>\n" + end;
      EXPECT_EQ(play_with(std::make_unique<Grumbler>(true), transcript).verdict, Verdict::kPass);
      const Judgement judgement = play_with(std::make_unique<Grumbler>(false), transcript);
      ASSERT_TRUE(judgement.failure) << transcript;
      EXPECT_EQ(judgement.failure->code, FailureCode::kNoComplaint);
      EXPECT_EQ(judgement.failure->received, "a client came");
    }
  }
}

// Sends a hundred times 64 KiB to whoever connects.
class Flooder : public FakePeer {
 public:
  FakeActions on_connect(int) override {
    return FakeActions(100, {.kind = FakeAction::Kind::kSend, .bytes = std::string(64 << 10, 'x')});
  }
};

TEST(Player, DoesNotWaitForTheEndOfAFloodBeforeItSpeaks) {
  const Script script = script_of("C: NONSENSE\nS: <close>\nS: <complains>\n", Role::kServer);
  FakeCell cell(Role::kServer, std::make_unique<Flooder>());
  const auto command = Command::parse("server {port} {keys}", Role::kServer);
  const Transcript played = play(script, cell, &*command, FakeClock());
  const auto received = std::ranges::count(played.events(), EventKind::kReceived, &Event::kind);
  EXPECT_LT(received, 5);
  EXPECT_EQ(judge(script, chat::Level::kMust, played).verdict, Verdict::kFail);
}

// Which of several things that were sent in a row is the cause, nobody can say.
TEST(Player, CountsEveryComplaintSinceTheFirstThatMayBeItsCause) {
  const auto cause = [](std::string_view transcript) {
    return find_cause_to_complain(script_of(transcript, Role::kServer));
  };
  EXPECT_EQ(cause("C: HELLO\nS: 260 OK\nC: DATA\nC: X\nC: <close>\nS: <complains>\n"), 2U);
  EXPECT_EQ(cause("C: X\nS: <close>\nC: <close>\nS: <exit any>\nS: <complains>\n"), 0U);
  EXPECT_EQ(cause("C: X\nS: <close>\n"), std::nullopt) << "nothing is asked";
  EXPECT_EQ(cause("S: <nothing>\nS: <complains>\n"), std::nullopt) << "nothing is sent";
}

// Takes what one receive returns for a whole text.
class OneReceivePerText : public FakePeer {
 public:
  FakeActions on_bytes(int, std::string_view bytes) override {
    if (bytes == "DATA\n") return {};
    const bool is_hello = bytes == "HELLO\n";
    return {{.kind = FakeAction::Kind::kSend, .bytes = is_hello ? "260 OK\n" : "270 SIG\n"}};
  }
};

TEST(Player, TellsAnAnswerThatCameBeforeTheTerminatorWasSent) {
  const std::string begin = "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\n";
  EXPECT_EQ(play_with(std::make_unique<OneReceivePerText>(), begin + "C: .\nS: 270 SIG\n").verdict,
            Verdict::kPass);
  const Judgement judgement =
      play_with(std::make_unique<OneReceivePerText>(), begin + "C: . | apart\nS: 270 SIG\n");
  ASSERT_TRUE(judgement.failure);
  EXPECT_EQ(judgement.failure->code, FailureCode::kEarlyAnswer);
  EXPECT_EQ(judgement.failure->received, "270 SIG\n");
  EXPECT_EQ(judgement.failure->requirement, "DATA-2");
  EXPECT_TRUE(judgement.failure->cause.is_known());
}

// What a server does at its first and at its second start.
struct Starts {
  bool listens_again = true;
  FakeActions at_second_start{};
  FakeActions after_quit{};  // when time goes by
};

class Restarted : public FakePeer {
 public:
  Restarted(Starts starts, std::vector<std::string>& commands)
      : starts_(std::move(starts)), commands_(commands) {}
  bool listens() override { return commands_.size() < 2 || starts_.listens_again; }
  FakeActions on_start(const std::vector<std::string>& argv) override {
    commands_.push_back(fmt::format("{}", fmt::join(argv, " ")));
    return commands_.size() == 2 ? starts_.at_second_start : FakeActions();
  }
  FakeActions on_bytes(int connection, std::string_view bytes) override {
    if (bytes == "QUIT\n")
      return {{.kind = FakeAction::Kind::kEndStream, .connection = connection}};
    return {{.kind = FakeAction::Kind::kSend, .connection = connection, .bytes = "260 OK\n"}};
  }
  FakeActions on_idle() override { return std::exchange(starts_.after_quit, {}); }

 private:
  Starts starts_;
  std::vector<std::string>& commands_;
};

TEST(Player, StartsAServerAgainWithTheSameCommandAndJudgesWhetherItListens) {
  using Kind = FakeAction::Kind;
  constexpr std::string_view kAgain =
      "C: HELLO\nS: 260 OK\nC: QUIT\nS: <close>\nC: <close>\nS: <restart>\n"
      "C2: HELLO\nS2: 260 OK\n";
  const auto exit = [](ExitStatus status) {
    return FakeActions{{.kind = Kind::kExit, .exit = status}};
  };
  struct Row {
    std::string_view what;
    Starts starts;
    std::size_t times;
    std::string_view told;
  };
  for (const Row& row : {
           Row{"serves on", {}, 2, "pass"},
           Row{"ended after its first client", {.after_quit = exit({false, 0})}, 2, "pass"},
           Row{"ended badly, which nobody asks", {.after_quit = exit({false, 1})}, 2, "pass"},
           Row{"listens no more",
               {.listens_again = false},
               2,
               "fail not-restarted when it is started again at once on the same port, it does not "
               "listen"},
           Row{"cannot bind",
               {.at_second_start = exit({false, 3})},
               2,
               "fail not-restarted when it is started again at once on the same port, it does not "
               "listen: it "
               "ended with status 3"},
           Row{"crashes after its first client",
               {.after_quit = exit({true, SIGSEGV})},
               1,
               "crash killed it was killed by signal 11 (Segmentation fault)"},
       }) {
    std::vector<std::string> commands;
    const Judgement judgement =
        play_with(std::make_unique<Restarted>(row.starts, commands), kAgain);
    std::string told(to_string(judgement.verdict));
    if (const auto& failure = judgement.failure) {
      told += fmt::format(" {} {}", to_string(failure->code), failure->message);
    }
    EXPECT_EQ(told, row.told) << row.what;
    EXPECT_EQ(commands, std::vector<std::string>(row.times, "server 15000 /fake/keys.txt"))
        << row.what;
  }
}

struct Misbehaviour {
  FakeActions actions;
  std::string_view code;
  Verdict verdict;
};

TEST(Player, GivesEachMisbehaviourItsVerdict) {
  using Kind = FakeAction::Kind;
  for (const Misbehaviour& row : {
           Misbehaviour{{}, "no-answer", Verdict::kHang},
           Misbehaviour{
               {{.kind = Kind::kSend, .bytes = "260 O"}}, "partial-answer", Verdict::kHang},
           Misbehaviour{
               {{.kind = Kind::kSend, .bytes = "500 No\n"}}, "wrong-reply", Verdict::kFail},
           Misbehaviour{{{.kind = Kind::kEndStream}}, "closed-early", Verdict::kFail},
           Misbehaviour{{{.kind = Kind::kReset}}, "reset-early", Verdict::kFail},
           Misbehaviour{{{.kind = Kind::kExit, .exit = {true, 11}}}, "killed", Verdict::kCrash},
           Misbehaviour{
               {{.kind = Kind::kExit, .exit = {false, 1}}}, "closed-early", Verdict::kFail},
       }) {
    const Judgement judgement = play_with(std::make_unique<Stubborn>(row.actions), kWhole);
    EXPECT_EQ(judgement.verdict, row.verdict) << row.code;
    ASSERT_TRUE(judgement.failure) << row.code;
    EXPECT_EQ(to_string(judgement.failure->code), row.code);
  }
}

// Closes the connection after QUIT. What it does when time goes by comes later.
class Quitter : public FakePeer {
 public:
  Quitter(FakeActions later, bool slow) : later_(std::move(later)), slow_(slow) {}
  FakeActions on_bytes(int, std::string_view bytes) override {
    if (bytes == "QUIT\n") return {{.kind = FakeAction::Kind::kEndStream}};
    return {{.kind = FakeAction::Kind::kSend, .bytes = "260 OK\n"}};
  }
  FakeActions on_idle() override { return std::exchange(later_, {}); }
  bool is_slow() override { return slow_; }

 private:
  FakeActions later_;
  bool slow_;
};

constexpr std::string_view kShort = "C: HELLO\nS: 260 OK\nC: QUIT\nS: <close>\n";

// END-2, QUIT-3: the kernel closes the connection of whoever crashes.
TEST(Player, SeesACrashBehindTheLastExpectedLine) {
  const Judgement judgement =
      play_with(std::make_unique<Quitter>(
                    FakeActions{{.kind = FakeAction::Kind::kExit, .exit = {true, SIGSEGV}}}, false),
                kShort);
  EXPECT_EQ(judgement.verdict, Verdict::kCrash);
  ASSERT_TRUE(judgement.failure);
  EXPECT_EQ(judgement.failure->code, FailureCode::kKilled);
}

// Prints a report where its peer ends the connection.
class Reporter : public FakePeer {
 public:
  FakeActions on_bytes(int, std::string_view) override {
    return {{.kind = FakeAction::Kind::kSend, .bytes = "260 OK\n"},
            {.kind = FakeAction::Kind::kPrintError, .bytes = "hello\n"}};
  }
  FakeActions on_end(int) override {
    return {{.kind = FakeAction::Kind::kPrintError, .bytes = "s.c:1:2: runtime error: overflow\n"},
            {.kind = FakeAction::Kind::kEndStream}};
  }
};

TEST(Player, WhatItReportsWhenAConversationIsCutShortIsNotHeldAgainstIt) {
  constexpr std::string_view kOpen = "C: HELLO\nS: 260 OK\n";
  EXPECT_EQ(play_with(std::make_unique<Reporter>(), kOpen).verdict, Verdict::kPass);
  const auto ended =
      play_with(std::make_unique<Reporter>(), std::string(kOpen) + "C: <half-close>\nS: <close>\n");
  ASSERT_TRUE(ended.failure) << "the script asks how it ends";
  EXPECT_EQ(to_string(ended.failure->code), "sanitizer-report");
}

TEST(Player, AsksNothingOfTheExitOfWhoeverEndsInOrder) {
  for (const ExitStatus exit : {ExitStatus{false, 0}, ExitStatus{false, 1}}) {
    const Judgement judgement =
        play_with(std::make_unique<Quitter>(
                      FakeActions{{.kind = FakeAction::Kind::kExit, .exit = exit}}, false),
                  kShort);
    EXPECT_EQ(judgement.verdict, Verdict::kPass) << exit.value;
  }
}

// Many runtimes write what they print to a pipe when they end.
TEST(Player, WaitsForOutputAsLongAsForAnAnswer) {
  const FakeActions later{{.kind = FakeAction::Kind::kPrint, .bytes = "HELLO\nQUIT\n"},
                          {.kind = FakeAction::Kind::kExit, .exit = {false, 0}}};
  const Judgement judgement = play_with(std::make_unique<Quitter>(later, true),
                                        std::string(kShort) + "S: <prints what it received>\n");
  EXPECT_EQ(judgement.verdict, Verdict::kPass)
      << (judgement.failure ? judgement.failure->message : judgement.reason());
}

// Prints everything at once, closes after QUIT, and would do more if one waited.
class Printer : public Quitter {
 public:
  using Quitter::Quitter;
  FakeActions on_bytes(int connection, std::string_view bytes) override {
    FakeActions actions = Quitter::on_bytes(connection, bytes);
    actions.push_back({.kind = FakeAction::Kind::kPrint, .bytes = std::string(bytes)});
    return actions;
  }
};

// A server that goes on would keep us waiting for the whole deadline.
TEST(Player, WaitsNoLongerForOutputThanUntilAllIsThere) {
  const FakeActions later{{.kind = FakeAction::Kind::kExit, .exit = {true, SIGSEGV}}};
  const std::string lines = std::string(kShort) + "S: <prints what it received>\n";
  EXPECT_EQ(play_with(std::make_unique<Printer>(later, true), lines).verdict, Verdict::kPass);
  EXPECT_EQ(
      play_with(std::make_unique<Printer>(later, true), lines + "S: <prints \"x\">\n").verdict,
      Verdict::kCrash);
}

TEST(Player, SaysHowItIsKnownThatAProgramDoesNotEnd) {
  const Judgement judgement = play_with(std::make_unique<Quitter>(FakeActions{}, false),
                                        std::string(kShort) + "S: <exit 0>\n");
  ASSERT_TRUE(judgement.failure);
  EXPECT_EQ(judgement.failure->code, FailureCode::kNotExited);
  EXPECT_EQ(judgement.failure->evidence->sentence, "the fake does not end");
  EXPECT_EQ(judgement.failure->evidence->grade, QuietGrade::kProven);
}

// What cannot be sent any more is no evidence of how the connection ended.
TEST(Player, TakesWhatCameBeforeTheEndThoughItCouldNotSendAll) {
  using Kind = FakeAction::Kind;
  const FakeActions actions{{.kind = Kind::kSend, .bytes = "260 OK\n"},
                            {.kind = Kind::kExit, .exit = {false, 0}}};
  const Judgement judgement =
      play_with(std::make_unique<Stubborn>(actions),
                "C: HELLO\nC: DATA\nC: <message 1>\nS: 260 OK\nS: <close>\n");
  EXPECT_EQ(judgement.verdict, Verdict::kPass)
      << (judgement.failure ? judgement.failure->message : judgement.reason());
}

TEST(Player, SaysOnWhatAFindingOfSilenceRests) {
  const Judgement judgement = play_with(std::make_unique<Stubborn>(FakeActions{}), kWhole);
  ASSERT_TRUE(judgement.failure);
  EXPECT_EQ(judgement.failure->evidence->grade, QuietGrade::kProven);
  EXPECT_NE(judgement.failure->evidence->sentence, "");
}

TEST(Player, NeverBlamesAnImplementationForAnInterrupt) {
  const Script script = script_of(kWhole, Role::kServer);
  FakeCell cell(Role::kServer, std::make_unique<Stubborn>(FakeActions{}));
  cell.interrupt();
  const auto command = Command::parse("server {port} {keys}", Role::kServer);
  const Judgement judgement =
      judge(script, chat::Level::kMust, play(script, cell, &*command, FakeClock()));
  EXPECT_EQ(judgement.verdict, Verdict::kSkipped);
}

TEST(Command, SplitsWordsAsAShellDoesAndFillsPlaceholders) {
  const auto command = Command::parse(R"(py 'a b' "c{port}" d\ e {keys})", Role::kServer);
  ASSERT_TRUE(command) << command.error();
  EXPECT_EQ(command->fill({{"port", "80"}, {"keys", "k.txt"}}),
            (std::vector<std::string>{"py", "a b", "c80", "d e", "k.txt"}));
  EXPECT_EQ(command->fill({{"port", "80"}, {"keys", std::nullopt}}),
            (std::vector<std::string>{"py", "a b", "c80", "d e"}));
}

TEST(Command, IsMadeAgainOfItsWords) {
  const std::vector<std::string> words{"a",  "",           "it's",   "b c",
                                       "\\", "\"{port}\"", "{keys}", "x\ty"};
  const auto command = Command::parse(quote_words(words), Role::kServer);
  ASSERT_TRUE(command) << command.error();
  EXPECT_EQ(command->words(), words);
}

TEST(Command, LeavesTheNameOfAModuleAlone) {
  auto command = Command::parse("python3 -m tmp tmp {port} {keys}", Role::kServer);
  ASSERT_TRUE(command) << command.error();
  command->make_paths_absolute("/");
  EXPECT_EQ(command->words(),
            (std::vector<std::string>{"python3", "-m", "tmp", "/tmp", "{port}", "{keys}"}));
}

TEST(Command, SaysWhatIsWrongWithIt) {
  struct Row {
    std::string_view text;
    std::string_view error;
  };
  for (const Row& row : {
           Row{"", "it is empty"},
           Row{"server 'x", "the quote ' has no end"},
           Row{"server {port}", "{keys} is missing, so the program would not know it"},
           Row{"server {prt} {keys}", "there is no placeholder {prt}; did you mean port?"},
           Row{"server {port} {keys} \\", "it ends with a backslash"},
       }) {
    const auto command = Command::parse(row.text, Role::kServer);
    ASSERT_FALSE(command) << row.text;
    EXPECT_EQ(command.error(), row.error);
  }
}

}  // namespace
}  // namespace chatspec
