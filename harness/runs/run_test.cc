// Runs of several cases: which of them are played, and which are kept from it by what they need.

#include "harness/runs/run.h"

#include <map>
#include <new>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/runs/run_test_support.h"

namespace chatspec {
namespace {

using namespace testing_runs;

// What a library does that finds no memory.
class NoCells : public CellFactory {
 public:
  std::expected<std::unique_ptr<Cell>, CellFailure> open(Role, std::uint64_t) override {
    throw std::bad_alloc();
  }
  std::string_view isolation() const override { return "none"; }
};

// The same, with a server that ends every connection in this way.
std::map<std::string, std::string> verdicts(const std::vector<Written>& scenarios,
                                            FakeAction::Kind ending) {
  Cells cells(ending);
  return verdicts_in(cells, scenarios);
}

using Verdicts = std::map<std::string, std::string>;
constexpr std::string_view kClosed = "C: NONSENSE\nS: <close>\n";

TEST(Run, SkipsWhatNeedsAScenarioThatFailedAndWhatNeedsThat) {
  EXPECT_EQ(verdicts({{"a/answers", "covers HELLO-2\nC: HELLO\nS: 260 OK\n"},
                      {"a/closes", "covers STATE-1\n" + std::string(kClosed)},
                      {"b/first", "covers STATE-1\nneeds a/answers\n" + std::string(kClosed)},
                      {"b/second", "covers STATE-1\nneeds b/first\n" + std::string(kClosed)},
                      {"b/third", "covers STATE-1\nneeds a/closes\n" + std::string(kClosed)}},
                     FakeAction::Kind::kEndStream),
            (Verdicts{{"a/answers", "fail"},
                      {"a/closes", "pass"},
                      {"b/first", "skipped"},
                      {"b/second", "skipped"},
                      {"b/third", "pass"}}));
}

TEST(Run, PlaysWhatNeedsAScenarioThatFailedWhereItIsToldToPlayOn) {
  Cells cells(FakeAction::Kind::kEndStream);
  EXPECT_EQ(verdicts_in(cells,
                        {{"a/answers", "covers HELLO-2\nC: HELLO\nS: 260 OK\n"},
                         {"b/first", "covers STATE-1\nneeds a/answers\n" + std::string(kClosed)}},
                        {.play_on = true}),
            (Verdicts{{"a/answers", "fail"}, {"b/first", "pass"}}));
}

TEST(Run, CallsWhatALibraryThrowsAnErrorOfThatCase) {
  NoCells cells;
  EXPECT_EQ(verdicts_in(cells, {{"a/one", "covers STATE-1\n" + std::string(kClosed)},
                                {"a/two", "covers STATE-1\n" + std::string(kClosed)}}),
            (Verdicts{{"a/one", "error"}, {"a/two", "error"}}));
}

TEST(Run, TriesNoKeyFileOnAServerThatRunsAlready) {
  Cells cells(FakeAction::Kind::kEndStream);
  EXPECT_EQ(verdicts_in(cells,
                        {{"a/crlf", "covers FILE-5\nkey-file crlf\n" + std::string(kClosed)},
                         {"a/plain", "covers STATE-1\n" + std::string(kClosed)}},
                        {.remote = true}),
            (Verdicts{{"a/crlf", "skipped"}, {"a/plain", "pass"}}));
}

// It says nothing on standard error, which it should: whoever builds on that would say it again.
TEST(Run, SkipsWhatNeedsAShouldThatWasNotMet) {
  EXPECT_EQ(verdicts({{"a/complains", "covers STATE-6\nC: NONSENSE\nS: <close>\nS: <complains>\n"},
                      {"b/later", "covers STATE-6\nneeds a/complains\n" + std::string(kClosed)}},
                     FakeAction::Kind::kEndStream),
            (Verdicts{{"a/complains", "deviates"}, {"b/later", "skipped"}}));
}

TEST(Run, PlaysWhatNeedsAScenarioThatPassedWithARemark) {
  EXPECT_EQ(verdicts({{"a/closes", "covers STATE-1\n" + std::string(kClosed)},
                      {"b/later", "covers STATE-1\nneeds a/closes\n" + std::string(kClosed)}},
                     FakeAction::Kind::kReset),
            (Verdicts{{"a/closes", "deviates"}, {"b/later", "deviates"}}));
}

// What nobody must have says nothing of who has not got it, not even by how its first part ended;
// and what builds on it is not to be blamed on anybody either.
TEST(Run, SkipsAMayThatIsNotMetAndWhatNeedsIt) {
  const std::string second = "C: NONSENSE\nS: <close>\nC2: HELLO\nS2: 260 OK\n";
  EXPECT_EQ(verdicts({{"a/second", "covers LIFE-2\n" + second},
                      {"b/later", "covers HELLO-2\nneeds a/second\n" + second}},
                     FakeAction::Kind::kReset),
            (Verdicts{{"a/second", "skipped"}, {"b/later", "skipped"}}));
}

// Whatever is asked of a second client: the server may have ended after the first one.
TEST(Run, BlamesNoServerForEndingAfterItsFirstClient) {
  EXPECT_EQ(
      verdicts({{"a/second", "covers HELLO-2\nC: NONSENSE\nS: <close>\nC2: HELLO\nS2: 260 OK\n"}},
               FakeAction::Kind::kExit),
      (Verdicts{{"a/second", "skipped"}}));
  EXPECT_EQ(
      verdicts({{"a/first", "covers HELLO-2\nC: HELLO\nS: 260 OK\n"}}, FakeAction::Kind::kExit),
      (Verdicts{{"a/first", "fail"}}));
}

// Its kernel took the second client's connection, and the end of the process reset it.
class SlowToEnd : public FakePeer {
 public:
  explicit SlowToEnd(ExitStatus exit) : exit_(exit) {}
  FakeActions on_connect(int connection) override {
    if (connection == 1) return {};
    return {{.kind = FakeAction::Kind::kReset, .connection = connection}};
  }
  FakeActions on_bytes(int connection, std::string_view) override {
    return {{.kind = FakeAction::Kind::kEndStream, .connection = connection}};
  }
  FakeActions on_idle() override { return {{.kind = FakeAction::Kind::kExit, .exit = exit_}}; }

 private:
  ExitStatus exit_;
};

TEST(Run, BlamesNoServerForEndingSlowlyAfterItsFirstClient) {
  const std::string second = "C: NONSENSE\nS: <close>\nC2: HELLO\nS2: 260 OK\n";
  struct Row {
    ExitStatus exit;
    std::string verdict;
  };
  for (const Row& row :
       {Row{{false, 0}, "skipped"}, Row{{false, 1}, "fail"}, Row{{true, 11}, "crash"}}) {
    PeerCells cells([&] { return std::make_unique<SlowToEnd>(row.exit); });
    EXPECT_EQ(verdicts_in(cells, {{"a/second", "covers HELLO-2\n" + second}}),
              (Verdicts{{"a/second", row.verdict}}));
  }
}

TEST(Run, AsksARemoteServerForNoMoreThanItHasKeysFor) {
  const std::string beyond = "message hi\nC: HELLO\nS: <close>\nC2: DATA\nC2: DATA\nS2: <close>\n";
  Cells cells(FakeAction::Kind::kEndStream);
  for (const std::size_t keys : {std::size_t{1}, std::size_t{3}}) {
    const Verdicts found = verdicts_in(cells, {{"a/beyond", "covers STATE-4\n" + beyond}},
                                       {.remote = true, .keys = keys});
    EXPECT_EQ(found, (Verdicts{{"a/beyond", keys == 1 ? "pass" : "skipped"}}));
  }
}

// The first cell connects, all later ones are refused.
class ServesOne : public CellFactory {
 public:
  explicit ServesOne(std::size_t clients) : clients_(clients) {}
  std::expected<std::unique_ptr<Cell>, CellFailure> open(Role side, std::uint64_t) override {
    auto cell = std::make_unique<FakeCell>(side, std::make_unique<Gone>(clients_ > 0));
    if (clients_ > 0) --clients_;
    return cell;
  }
  std::string_view isolation() const override { return "fake"; }

 private:
  class Gone : public FakePeer {
   public:
    explicit Gone(bool there) : there_(there) {}
    bool listens() override { return there_; }
    FakeActions on_bytes(int connection, std::string_view) override {
      return {{.kind = FakeAction::Kind::kEndStream, .connection = connection}};
    }

   private:
    bool there_;
  };
  std::size_t clients_;
};

// LIFE-2: either is good.
TEST(Run, BlamesNoRemoteServerForEndingAfterItsFirstClient) {
  const std::vector<Written> three{{"a/one", "covers STATE-1\n" + std::string(kClosed)},
                                   {"a/three", "covers STATE-1\n" + std::string(kClosed)},
                                   {"a/two", "covers STATE-1\n" + std::string(kClosed)}};
  ServesOne one(1);
  EXPECT_EQ(verdicts_in(one, three, {.remote = true, .jobs = 1}),
            (Verdicts{{"a/one", "pass"}, {"a/three", "skipped"}, {"a/two", "skipped"}}));
  ServesOne none(0);
  EXPECT_EQ(verdicts_in(none, three, {.remote = true, .jobs = 1}),
            (Verdicts{{"a/one", "fail"}, {"a/three", "fail"}, {"a/two", "fail"}}));
}

// Its kernel took the second connection while it was ending.
TEST(Run, BlamesNoCaseThatOnlyMetTheEndOfARemoteServer) {
  class Dying : public FakePeer {
   public:
    explicit Dying(int clients) : clients_(clients) {}
    bool listens() override { return clients_ < 2; }
    FakeActions on_bytes(int connection, std::string_view) override {
      if (clients_ > 0) return {{.kind = FakeAction::Kind::kReset, .connection = connection}};
      return {{.kind = FakeAction::Kind::kSend, .connection = connection, .bytes = "260 OK\n"}};
    }

   private:
    int clients_;  // that came before
  };
  int clients = 0;
  PeerCells cells([&] { return std::make_unique<Dying>(clients++); });
  const std::string answered = "covers HELLO-2\nC: HELLO\nS: 260 OK\n";
  EXPECT_EQ(verdicts_in(cells, {{"a/one", answered}, {"a/three", answered}, {"a/two", answered}},
                        {.remote = true, .jobs = 1}),
            (Verdicts{{"a/one", "pass"}, {"a/three", "skipped"}, {"a/two", "skipped"}}));
  PeerCells there([&] { return std::make_unique<Abrupt>(FakeAction::Kind::kReset); });
  EXPECT_EQ(verdicts_in(there,
                        {{"a/one", "covers STATE-1\n" + std::string(kClosed)}, {"a/two", answered}},
                        {.remote = true, .jobs = 1}),
            (Verdicts{{"a/one", "deviates"}, {"a/two", "fail"}}));
}

// That it could not be asked says nothing of it.
TEST(Run, PlaysWhatNeedsSomethingThatARemoteServerCannotBeAsked) {
  Cells cells(FakeAction::Kind::kEndStream);
  EXPECT_EQ(verdicts_in(cells,
                        {{"a/crlf", "covers FILE-5\nkey-file crlf\n" + std::string(kClosed)},
                         {"b/later", "covers STATE-1\nneeds a/crlf\n" + std::string(kClosed)}},
                        {.remote = true}),
            (Verdicts{{"a/crlf", "skipped"}, {"b/later", "pass"}}));
}

// Says HELLO to whatever host it is told.
class Greeter : public FakePeer {
 public:
  FakeActions on_start(const std::vector<std::string>&) override {
    return {{.kind = FakeAction::Kind::kConnect},
            {.kind = FakeAction::Kind::kSend, .bytes = "HELLO\n"}};
  }
};

TEST(Run, ToldAHostWhereTheCellIsNotFoundAClientIsNotPlayed) {
  const auto reason_with = [](const std::string& directive, const std::string& line) {
    Suite suite;
    ScenarioFile file{.id = "a/host", .path = "a/host.chat", .source = {}, .scenario = {}};
    file.source =
        "scenario  t\ncovers    CLI-1\nrole      client\nmessage   m\n" + directive + line;
    EXPECT_EQ(check_source(file.source, file.id, file.scenario), "");
    suite.files.push_back(std::move(file));
    const auto command =
        Command::parse("client {host} {port} {messages} {signatures}", Role::kClient);
    const RunOptions options{.role = Role::kClient,
                             .profile = *chat::find_profile("line"),
                             .command = &*command,
                             .segmentation = Segmentation::kCuts};
    std::size_t opened = 0;
    PeerCells cells([&] { return ++opened, std::make_unique<Greeter>(); });
    std::string reason;
    const std::vector<Case> cases = list_cases(suite);
    run_cases(
        point_to(cases), options, cells, FakeClock(), Interrupt(), [&](const CaseResult& result) {
          reason =
              fmt::format("{} {}", to_string(result.judgement.verdict), result.judgement.reason());
          if (result.judgement.verdict != Verdict::kSkipped) return;
          EXPECT_EQ(result.judgement.skip->kind, SkipKind::kOutOfReach);
          EXPECT_EQ(opened, 1U) << "for no cut of it there is anything to see";
        });
    return reason;
  };
  EXPECT_EQ(reason_with("argument host \"127.0.0.1\"\n", "C: HELLO\n"), "pass ");
  EXPECT_EQ(reason_with("argument host \"elsewhere\"\n", "C: HELLO\n"),
            "skipped a client that is told \"elsewhere\" does not find chatspec there: the fake is "
            "nowhere else");
  EXPECT_TRUE(reason_with("argument host \"elsewhere\"\n", "C: <nothing>\n").starts_with("fail"))
      << "who must not connect need not find it";
}

// Of a case that is cut at every place in turn, too, no further cell is opened.
TEST(Run, AnInterruptEndsACaseBetweenItsCuts) {
  const Suite suite = suite_of({{"a/cut", "covers STATE-1\n" + std::string(kClosed)}});
  const auto command = Command::parse("server {port} {keys}", Role::kServer);
  RunOptions options{.profile = *chat::find_profile("line"), .command = &*command};
  options.segmentation = Segmentation::kCuts;
  Interrupt interrupt;
  std::size_t opened = 0;
  PeerCells cells([&] {
    if (++opened == 3) interrupt.request();
    return std::make_unique<Abrupt>(FakeAction::Kind::kEndStream);
  });
  const std::vector<Case> cases = list_cases(suite);
  run_cases(point_to(cases), options, cells, FakeClock(), interrupt, [](const CaseResult&) {});
  EXPECT_EQ(opened, 3U);
}

// Cells with servers that listen or not, one after the other, and how that is known.
class Listeners : public CellFactory {
 public:
  explicit Listeners(std::vector<bool> listening, QuietGrade grade = QuietGrade::kBusy)
      : listening_(std::move(listening)), grade_(grade) {}
  std::expected<std::unique_ptr<Cell>, CellFailure> open(Role side, std::uint64_t) override {
    const bool listens = opened_ < listening_.size() && listening_[opened_];
    ++opened_;
    return std::make_unique<FakeCell>(side, std::make_unique<Listener>(listens), grade_);
  }
  std::string_view isolation() const override { return "fake"; }
  std::size_t opened() const { return opened_; }

 private:
  class Listener : public Abrupt {
   public:
    explicit Listener(bool listens) : Abrupt(FakeAction::Kind::kEndStream), listens_(listens) {}
    bool listens() override { return listens_; }

   private:
    bool listens_;
  };
  std::vector<bool> listening_;
  QuietGrade grade_;
  std::size_t opened_ = 0;
};

TEST(Run, PlaysNothingMoreWhereAServerNeverListens) {
  const std::string closes = "covers STATE-1\n" + std::string(kClosed);
  const std::vector<Written> three{{"a/one", closes}, {"b/two", closes}, {"c/three", closes}};
  Listeners never({});
  EXPECT_EQ(verdicts_in(never, three, {.jobs = 1}),
            (Verdicts{{"a/one", "hang"}, {"b/two", "hang"}, {"c/three", "skipped"}}));
  Listeners told_to_play_on({});
  EXPECT_EQ(verdicts_in(told_to_play_on, three, {.jobs = 1, .play_on = true}),
            (Verdicts{{"a/one", "hang"}, {"b/two", "hang"}, {"c/three", "hang"}}));
  Listeners once({false, true, false});
  EXPECT_EQ(verdicts_in(once, three, {.jobs = 1}),
            (Verdicts{{"a/one", "hang"}, {"b/two", "pass"}, {"c/three", "hang"}}));
}

TEST(Run, PlaysNothingMoreAfterAsManyFailuresAsAreEnough) {
  const std::string closes = "covers STATE-1\n" + std::string(kClosed);
  const std::string answers = "covers HELLO-2\nC: HELLO\nS: 260 OK\n";
  const std::vector<Written> four{
      {"a/one", closes}, {"b/two", answers}, {"c/three", answers}, {"d/four", closes}};
  for (const std::size_t jobs : {1U, 4U}) {
    Cells cells(FakeAction::Kind::kEndStream);
    EXPECT_EQ(
        verdicts_in(cells, four, {.jobs = jobs, .enough_failures = 1}),
        (Verdicts{
            {"a/one", "pass"}, {"b/two", "fail"}, {"c/three", "skipped"}, {"d/four", "skipped"}}));
    EXPECT_EQ(
        verdicts_in(cells, four, {.jobs = jobs, .enough_failures = 2}),
        (Verdicts{
            {"a/one", "pass"}, {"b/two", "fail"}, {"c/three", "fail"}, {"d/four", "skipped"}}));
    EXPECT_EQ(verdicts_in(cells, four, {.jobs = jobs, .enough_failures = 3}).at("d/four"), "pass");
  }
}

TEST(Run, BeginsNothingWhenItsTimeIsOver) {
  const std::string closes = "covers STATE-1\n" + std::string(kClosed);
  Cells cells(FakeAction::Kind::kEndStream);
  EXPECT_EQ(verdicts_in(cells, {{"a/one", closes}, {"b/two", closes}},
                        {.jobs = 1, .time_limit = std::chrono::nanoseconds(0)}),
            (Verdicts{{"a/one", "skipped"}, {"b/two", "skipped"}}));
  EXPECT_EQ(
      verdicts_in(cells, {{"a/one", closes}}, {.jobs = 1, .time_limit = std::chrono::hours(9)}),
      (Verdicts{{"a/one", "pass"}}));
}

// It may be right not to listen with such a file.
TEST(Run, GivesNoServerUpThatWasGivenSomethingOfTheScenariosOwn) {
  const std::string closes = "covers STATE-1\n" + std::string(kClosed);
  const std::string crlf = "covers FILE-5\nkey-file crlf\n" + std::string(kClosed);
  const std::string nothing = "covers FILE-6\nkey-file <absent>\nS: <nothing>\n";
  Listeners never({});
  EXPECT_EQ(verdicts_in(never,
                        {{"a/crlf", crlf},
                         {"b/nothing", nothing},
                         {"c/one", closes},
                         {"d/two", closes},
                         {"e/three", closes}},
                        {.jobs = 1}),
            (Verdicts{{"a/crlf", "hang"},
                      {"b/nothing", "hang"},
                      {"c/one", "hang"},
                      {"d/two", "hang"},
                      {"e/three", "skipped"}}));
}

TEST(Run, PlaysOnceMoreWhatItCouldNotTell) {
  const std::vector<Written> one{{"a/one", "covers STATE-1\n" + std::string(kClosed)}};
  Listeners unknown({}, QuietGrade::kUnknown);
  EXPECT_EQ(verdicts_in(unknown, one), (Verdicts{{"a/one", "error"}}));
  EXPECT_EQ(unknown.opened(), 2U);
  Listeners at_second_time({false, true}, QuietGrade::kUnknown);
  EXPECT_EQ(verdicts_in(at_second_time, one), (Verdicts{{"a/one", "pass"}}));
}

}  // namespace
}  // namespace chatspec
