// Programs that fail at the opening are asked what they make of other forms of it, others never.

#include "harness/runs/opening_probes.h"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/cell/fake_cell.h"
#include "harness/runs/run.h"
#include "harness/runs/run_test_support.h"

namespace chatspec {
namespace {

using testing_runs::Written;

Suite suite_for(Role role, const std::vector<Written>& scenarios) {
  Suite suite;
  for (const auto& [id, rest] : scenarios) {
    ScenarioFile file{.id = id, .path = id + ".chat", .source = {}, .scenario = {}};
    file.source = "scenario  t\nrole      " + std::string(to_string(role)) + "\n" + rest;
    EXPECT_EQ(check_source(file.source, id, file.scenario), "");
    suite.files.push_back(std::move(file));
  }
  return suite;
}

// A server that answers each segment as it is told to, and closes where it is told nothing.
class Answering : public FakePeer {
 public:
  explicit Answering(std::map<std::string, std::string> answers) : answers_(std::move(answers)) {}
  FakeActions on_bytes(int connection, std::string_view bytes) override {
    const auto answer = answers_.find(std::string(bytes));
    if (answer == answers_.end())
      return {{.kind = FakeAction::Kind::kEndStream, .connection = connection}};
    return {{.connection = connection, .bytes = answer->second}};
  }

 private:
  std::map<std::string, std::string> answers_;
};

// A client that says HELLO and takes one reply.
class Greeting : public FakePeer {
 public:
  Greeting(std::string hello, std::string taken)
      : hello_(std::move(hello)), taken_(std::move(taken)) {}
  FakeActions on_start(const std::vector<std::string>&) override {
    return {{.kind = FakeAction::Kind::kConnect}, {.bytes = hello_}};
  }
  FakeActions on_bytes(int, std::string_view bytes) override {
    if (bytes == taken_) return {{.bytes = "DATA"}};
    return {};
  }

 private:
  std::string hello_, taken_;
};

// Counts the cells, each of which takes some time.
class CountedCells : public CellFactory {
 public:
  CountedCells(std::function<std::unique_ptr<FakePeer>()> make, FakeClock& clock,
               std::chrono::seconds each)
      : make_(std::move(make)), clock_(clock), each_(each) {}
  std::expected<std::unique_ptr<Cell>, CellFailure> open(Role side, std::uint64_t) override {
    ++opened;
    clock_.advance(each_);
    return std::make_unique<FakeCell>(side, make_());
  }
  std::string_view isolation() const override { return "fake"; }

  int opened = 0;

 private:
  std::function<std::unique_ptr<FakePeer>()> make_;
  FakeClock& clock_;
  std::chrono::seconds each_;
};

struct Asked {
  std::vector<OpeningFinding> findings;
  std::vector<Verdict> verdicts;
  int opened = 0;
};

const Command& command_of(Role role) {
  static const auto server = Command::parse("server {port} {keys}", Role::kServer);
  static const auto client =
      Command::parse("client {host} {port} {messages} {signatures}", Role::kClient);
  return role == Role::kServer ? *server : *client;
}

const std::vector<Written> kHello{{"a/hello", "covers HELLO-2\nC: HELLO\nS: 260 OK\n"},
                                  {"b/again", "covers HELLO-2\nC: HELLO\nS: 260 OK\n"}};

struct Play {
  std::string profile = "line";
  bool is_remote = false;
  std::chrono::seconds each{0};
  std::vector<OpeningTry> asked{};
};

Asked ask(const std::vector<Written>& scenarios, Role role,
          const std::function<std::unique_ptr<FakePeer>()>& make, const Play& play = {}) {
  const Suite suite = suite_for(role, scenarios);
  const std::vector<Case> cases = list_cases(suite);
  FakeClock clock;
  const Interrupt interrupt;
  CountedCells cells(make, clock, play.each);
  const RunOptions options{.role = role,
                           .profile = *chat::find_profile(play.profile),
                           .command = play.is_remote ? nullptr : &command_of(role)};
  const OpeningPlayer player(options, cells, clock, interrupt);
  OpeningProbes probes(player, play.asked);
  Asked asked;
  run_cases(point_to(cases), options, cells, clock, interrupt, [&](const CaseResult& result) {
    asked.verdicts.push_back(result.judgement.verdict);
    if (auto found = probes.look_at(result)) asked.findings.push_back(*std::move(found));
  });
  asked.opened = cells.opened;
  return asked;
}

Asked ask_server(std::map<std::string, std::string> answers, const Play& play = {}) {
  return ask(kHello, Role::kServer, [&] { return std::make_unique<Answering>(answers); }, play);
}

TEST(OpeningProbes, AskAServerOnceWhatItAnswers) {
  const Asked asked = ask_server({{"HELLO", "260 OK"}});
  ASSERT_EQ(asked.findings.size(), 1U) << "of two cases that fail in the same way";
  EXPECT_EQ(asked.verdicts, (std::vector{Verdict::kFail, Verdict::kFail}));
  const OpeningFinding& finding = asked.findings.front();
  EXPECT_EQ(finding.cause.id, "other-line-end-expected");
  ASSERT_EQ(finding.tries.size(), 5U);
  EXPECT_EQ(finding.tries[0], (OpeningTry{.opening = Opening::kAsWritten,
                                          .sent = "HELLO\n",
                                          .ending = EventKind::kEndOfStream}));
  EXPECT_EQ(finding.tries[1], (OpeningTry{.opening = Opening::kNoLineEnd,
                                          .sent = "HELLO",
                                          .received = "260 OK",
                                          .is_answered = true}));
  EXPECT_EQ(finding.tries[3].opening, Opening::kCut);
  EXPECT_TRUE(finding.tries[3].is_answered) << "its first segment is all that it compares";
}

TEST(OpeningProbes, LeaveInPeaceWhoGetsThroughTheOpening) {
  const Asked asked = ask_server({{"HELLO\n", "260 OK\n"}});
  EXPECT_EQ(asked.findings.size(), 0U);
  EXPECT_EQ(asked.opened, 2) << "a cell for each case, and no more";
}

// The finding of the case says it all.
TEST(OpeningProbes, AreNotMadeWhereTheReplyIsThereInOtherWordsOrWithAnotherLineEnd) {
  for (const std::string reply : {"260 Okay\n", "260 OK\r\n"})
    EXPECT_EQ(ask_server({{"HELLO\n", reply}}).opened, 2) << reply;
  EXPECT_EQ(ask_server({{"HELLO\n", "500 what\n"}}).findings.size(), 1U);
}

TEST(OpeningProbes, AreNotMadeOfAServerThatSomebodyElseStarted) {
  const Asked asked = ask_server({}, {.is_remote = true});
  EXPECT_EQ(asked.verdicts.front(), Verdict::kFail);
  EXPECT_EQ(asked.findings.size(), 0U);
}

TEST(OpeningProbes, AreNotMadeOfWhatFailsLater) {
  const std::vector<Written> later{
      {"a/two", "covers HELLO-2\nC: HELLO\nS: 260 OK\nC: raw \"X\\n\"\nS: 260 OK\n"},
      {"a/other", "covers HELLO-2\nC: raw \"HELLO\\r\\n\"\nS: 260 OK\n"}};
  const Asked asked = ask(later, Role::kServer, [] {
    return std::make_unique<Answering>(std::map<std::string, std::string>{{"HELLO\n", "260 OK\n"}});
  });
  EXPECT_EQ(asked.verdicts, (std::vector{Verdict::kFail, Verdict::kFail}));
  EXPECT_EQ(asked.findings.size(), 0U);
}

TEST(OpeningProbes, AreBegunNoMoreWhenTheyHaveTakenLong) {
  const Asked asked = ask_server({}, {.each = std::chrono::seconds(6)});
  ASSERT_EQ(asked.findings.size(), 1U);
  EXPECT_EQ(asked.findings.front().tries.size(), 3U) << "after 12 s no third one";
}

TEST(OpeningProbes, DoNotAskAgainWhatIsKnown) {
  const OpeningTry known{.opening = Opening::kNoLineEnd, .sent = "HELLO", .received = "known"};
  const Asked asked = ask_server({}, {.asked = {known}});
  EXPECT_EQ(asked.findings.at(0).tries.at(1), known);
  EXPECT_EQ(asked.opened, 2 + 3);
}

TEST(OpeningProbes, AskAClientWhichReplyItTakes) {
  const std::vector<Written> written{
      {"a/data", "covers HELLO-4\nmessage hi\nC: HELLO\nS: 260 OK\nC: DATA\n"}};
  struct Row {
    std::string hello, taken;
    std::string_view cause;
  };
  for (const Row& row : {Row{"HELLO\n", "260 OK", "other-line-end-expected"},
                         Row{"HELLO", "260 OK", "other-line-end-spoken"},
                         Row{"HELLO\n", "260\n", "other-word-expected"},
                         Row{"HELLO\n", "", "no-opening-answered"}}) {
    const Asked asked = ask(written, Role::kClient,
                            [&] { return std::make_unique<Greeting>(row.hello, row.taken); });
    ASSERT_EQ(asked.findings.size(), 1U) << row.hello << row.taken;
    EXPECT_EQ(asked.findings.front().cause.id, row.cause) << asked.findings.front().cause.sentence;
  }
}

std::string spoken_by(Role role, const std::function<std::unique_ptr<FakePeer>()>& make) {
  FakeClock clock;
  const Interrupt interrupt;
  CountedCells cells(make, clock, std::chrono::seconds(0));
  const OpeningPlayer player(
      {.role = role, .profile = *chat::find_profile("line"), .command = &command_of(role)}, cells,
      clock, interrupt);
  const SpokenProfile spoken = find_spoken_profile(player);
  EXPECT_EQ(static_cast<int>(spoken.tries.size()), cells.opened);
  return spoken.profile ? spoken.profile->name : "";
}

TEST(SpokenProfile, OfAServerIsTheOneInWhichItAnswersAsItShould) {
  using Answers = std::map<std::string, std::string>;
  struct Row {
    Answers answers;
    std::string_view profile;
  };
  for (const Row& row : {
           Row{{{"HELLO\n", "260 OK\n"}, {"HELLO\r\n", "260 OK\n"}}, "line"},
           Row{{{"HELLO\n", "260 OK\r\n"}, {"HELLO\r\n", "260 OK\r\n"}}, "crlf"},
           Row{{{"HELLO\r\n", "260 OK\r\n"}}, "crlf"},
           Row{{{"HELLO", "260 OK"}}, "bare"},
           Row{{{"HELLO\n", "260 OK"}, {"HELLO\r\n", "260 OK"}, {"HELLO", "260 OK"}}, "bare"},
           Row{{{"HELLO\n", "260 OK"}}, ""},
           Row{{{"HELLO", "260 OK\n"}}, ""},
           Row{{}, ""},
       }) {
    EXPECT_EQ(spoken_by(Role::kServer, [&] { return std::make_unique<Answering>(row.answers); }),
              row.profile);
  }
}

TEST(SpokenProfile, OfAClientIsTheOneInWhichItBegins) {
  for (const auto& [hello, name] : std::map<std::string, std::string>{
           {"HELLO\n", "line"}, {"HELLO\r\n", "crlf"}, {"HELLO", "bare"}, {"hello\n", ""}}) {
    EXPECT_EQ(spoken_by(Role::kClient, [&] { return std::make_unique<Greeting>(hello, ""); }), name)
        << hello;
  }
}

}  // namespace
}  // namespace chatspec
