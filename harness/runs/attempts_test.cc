#include "harness/runs/attempts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/runs/run_test_support.h"

namespace chatspec {
namespace {

using namespace testing_runs;

using ::testing::ElementsAre;

// Plays what is written in turn, and then the last for ever.
class Plays {
 public:
  explicit Plays(std::vector<Verdict> verdicts) : verdicts_(std::move(verdicts)) {}

  CaseResult play(const Repetition& repetition, std::size_t most = 1000) {
    return play_attempts(
        repetition,
        [this] {
          CaseResult result;
          result.judgement.verdict = verdicts_[std::min(count_, verdicts_.size() - 1)];
          result.folder = std::to_string(++count_);
          return result;
        },
        [this, most] { return count_ < most; });
  }

 private:
  std::vector<Verdict> verdicts_;
  std::size_t count_ = 0;
};

std::vector<Verdict> verdicts_of(const CaseResult& result) {
  std::vector<Verdict> verdicts;
  for (const Attempt& attempt : result.attempts) verdicts.push_back(attempt.verdict);
  return verdicts;
}

TEST(Attempts, OfOnePlayThereIsNoList) {
  EXPECT_THAT(Plays({Verdict::kFail}).play({}).attempts, ElementsAre());
  EXPECT_THAT(Plays({Verdict::kPass}).play({.retries = 3}).attempts, ElementsAre());
}

TEST(Attempts, AreAsManyAsIsAskedForAndTheFirstThatFailedCounts) {
  const CaseResult result =
      Plays({Verdict::kPass, Verdict::kDeviates, Verdict::kHang, Verdict::kFail})
          .play({.times = 4});
  EXPECT_THAT(verdicts_of(result),
              ElementsAre(Verdict::kPass, Verdict::kDeviates, Verdict::kHang, Verdict::kFail));
  EXPECT_EQ(result.judgement.verdict, Verdict::kHang);
  EXPECT_EQ(result.folder, "3");
  EXPECT_EQ(Plays({Verdict::kPass, Verdict::kDeviates}).play({.times = 2}).judgement.verdict,
            Verdict::kDeviates);
}

TEST(Attempts, EndWithAFailureWhereThatIsAskedFor) {
  const CaseResult result = Plays({Verdict::kPass, Verdict::kPass, Verdict::kFail, Verdict::kPass})
                                .play({.times = 20, .until_failure = true});
  EXPECT_EQ(result.attempts.size(), 3U);
  EXPECT_EQ(result.judgement.verdict, Verdict::kFail);
}

TEST(Attempts, AreRetriedUntilOneIsGoodWhichIsStillAFailure) {
  const CaseResult result =
      Plays({Verdict::kFail, Verdict::kCrash, Verdict::kPass, Verdict::kFail}).play({.retries = 5});
  EXPECT_THAT(verdicts_of(result), ElementsAre(Verdict::kFail, Verdict::kCrash, Verdict::kPass));
  EXPECT_EQ(result.judgement.verdict, Verdict::kFail);
  EXPECT_EQ(Plays({Verdict::kFail}).play({.retries = 2}).attempts.size(), 3U);
}

TEST(Attempts, OfOurOwnTroubleCountOnlyWhereThereIsNothingElse) {
  const CaseResult mended = Plays({Verdict::kError, Verdict::kPass}).play({.retries = 2});
  EXPECT_EQ(mended.judgement.verdict, Verdict::kPass);
  EXPECT_EQ(mended.attempts.size(), 2U);
  EXPECT_EQ(Plays({Verdict::kError}).play({.retries = 2}).judgement.verdict, Verdict::kError);
}

TEST(Attempts, AreNotMadeOfWhatIsSkippedNorWhenTheRunIsToEnd) {
  EXPECT_THAT(Plays({Verdict::kSkipped}).play({.times = 5, .retries = 2}).attempts, ElementsAre());
  EXPECT_EQ(Plays({Verdict::kPass}).play({.times = 50}, 7).attempts.size(), 7U);
}

// A server that answers every other client only.
class EveryOther : public FakePeer {
 public:
  explicit EveryOther(bool answers) : answers_(answers) {}
  FakeActions on_bytes(int connection, std::string_view) override {
    if (!answers_) return {{.kind = FakeAction::Kind::kEndStream, .connection = connection}};
    return {{.kind = FakeAction::Kind::kSend, .connection = connection, .bytes = "260 OK\n"}};
  }

 private:
  bool answers_;
};

TEST(Run, TellsEachPlayOfACase) {
  std::size_t count = 0;
  PeerCells cells([&] { return std::make_unique<EveryOther>(++count % 2 == 0); });
  const Suite suite = suite_of({{"a/one", "covers HELLO-2\nC: HELLO\nS: 260 OK\n"}});
  const auto command = Command::parse("server {port} {keys}", Role::kServer);
  const std::vector<Case> cases = list_cases(suite);
  const RunOptions options{
      .profile = *chat::find_profile("line"), .command = &*command, .repetition = {.retries = 3}};
  std::vector<CaseResult> results;
  run_cases(point_to(cases), options, cells, FakeClock(), Interrupt(),
            [&](const CaseResult& result) { results.push_back(result); });
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].judgement.verdict, Verdict::kFail);
  ASSERT_EQ(results[0].attempts.size(), 2U);
  EXPECT_EQ(results[0].attempts[0].code, FailureCode::kClosedEarly);
  EXPECT_EQ(results[0].attempts[1],
            (Attempt{.verdict = Verdict::kPass, .duration = results[0].attempts[1].duration}));
}

}  // namespace
}  // namespace chatspec
