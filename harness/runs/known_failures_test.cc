#include "harness/runs/known_failures.h"

#include <gtest/gtest.h>

#include "harness/runs/run_test_support.h"

namespace chatspec {
namespace {

using namespace testing_runs;

std::string mistakes_of(std::string_view text) {
  const auto known = parse_known_failures(text, "known.txt");
  return known ? "" : chat::to_string(known.error());
}

std::vector<KnownFailure> parse(std::string_view text) {
  EXPECT_EQ(mistakes_of(text), "");
  return *parse_known_failures(text, "known.txt");
}

TEST(KnownFailures, AreANameACodeAndAReasonALine) {
  const auto known = parse(
      "# our old client\n"
      "\n"
      "signature/empty   wrong-signature  the library has no empty text\r\n"
      "\tquit/*\tno-answer\twe close late, see #12  ");
  ASSERT_EQ(known.size(), 2U);
  EXPECT_EQ(known[0].line, 3U);
  EXPECT_EQ(known[0].name, "signature/empty");
  EXPECT_EQ(known[0].code, FailureCode::kWrongSignature);
  EXPECT_EQ(known[0].reason, "the library has no empty text");
  EXPECT_EQ(known[1].line, 4U);
  EXPECT_EQ(known[1].name, "quit/*");
  EXPECT_EQ(known[1].code, FailureCode::kNoAnswer);
  EXPECT_EQ(known[1].reason, "we close late, see #12");
  EXPECT_TRUE(parse("").empty());
}

TEST(KnownFailures, AreWrittenWithoutMistakesOrTellEachOfThem) {
  EXPECT_EQ(
      mistakes_of("a/b wrong-signatur x\nok/ok no-answer y\na/b\nc/d no-answer  \n"),
      "known.txt:1: \"wrong-signatur\" is no failure's code, did you mean wrong-signature?; a "
      "log and a report name them in brackets\n"
      "known.txt:3: a case, the code with which it fails, and the reason are expected, such "
      "as: signature/second-key wrong-signature we count keys from 0\n"
      "known.txt:4: why does \"c/d\" fail? The reason is missing");
}

TEST(KnownFailures, StandInAListOnce) {
  EXPECT_EQ(
      mistakes_of("a/b no-answer x\n\na/b closed-early x\na/* no-answer x\na/b no-answer y\n"),
      "known.txt:5: \"a/b\" with no-answer stands in line 1 already: remove one");
}

TEST(KnownFailures, MayHaveAByteOrderMarkBeforeThem) {
  const auto known = parse(
      "\xef\xbb\xbf"
      "a/b no-answer x\n");
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known[0].name, "a/b");
}

TEST(KnownFailures, ThatNameNoCaseAreTold) {
  const Suite suite = suite_of({{"a/one", "covers HELLO-2\nC: HELLO\nS: 260 OK\n"}});
  const auto errors =
      find_unmatched(parse("a/* no-answer x\na/onr no-answer y\n"), list_cases(suite));
  EXPECT_EQ(chat::to_string(errors),
            "known.txt:2: no scenario is called \"a/onr\"; did you mean a/one?");
}

class LookUp : public ::testing::Test {
 protected:
  LookUp()
      : suite_(suite_of({{"a/one", "covers HELLO-2\nC: HELLO\nS: 260 OK\n"}})),
        cases_(list_cases(suite_)) {}

  KnownOutcome look(std::string_view list, const Judgement& judgement) {
    known_ = parse(list);
    return look_up(known_, cases_.front(), judgement);
  }
  static Judgement failed(FailureCode code) {
    Judgement judgement{.verdict = Verdict::kFail};
    judgement.failure.emplace().code = code;
    return judgement;
  }

 private:
  Suite suite_;
  std::vector<Case> cases_;
  std::vector<KnownFailure> known_;
};

TEST_F(LookUp, FindsThatACaseFailsAsItIsKnownTo) {
  const Judgement judgement = failed(FailureCode::kNoAnswer);
  const KnownOutcome outcome = look("a/one no-answer x", judgement);
  ASSERT_NE(outcome.entry, nullptr);
  EXPECT_TRUE(outcome.is_met);
  EXPECT_FALSE(outcome.fails(judgement));
}

TEST_F(LookUp, FindsTheLineThatHasTheCodeAmongThoseThatNameTheCase) {
  const KnownOutcome outcome = look("b/two no-answer w\na/* wrong-reply x\na/one no-answer y",
                                    failed(FailureCode::kNoAnswer));
  ASSERT_NE(outcome.entry, nullptr);
  EXPECT_EQ(outcome.entry->line, 3U);
  EXPECT_TRUE(outcome.is_met);
}

TEST_F(LookUp, CountsACaseThatComesOtherwiseThanTheListSays) {
  const Judgement other = failed(FailureCode::kWrongReply);
  const KnownOutcome failed_otherwise = look("a/one no-answer x", other);
  EXPECT_TRUE(failed_otherwise.entry && !failed_otherwise.is_met);
  EXPECT_TRUE(failed_otherwise.fails(other));
  const Judgement good{.verdict = Verdict::kPass};
  const KnownOutcome passed = look("a/one no-answer x", good);
  EXPECT_TRUE(passed.entry && !passed.is_met);
  EXPECT_TRUE(passed.fails(good));
}

TEST_F(LookUp, SaysNothingOfWhatWasNotJudgedOrIsNotNamed) {
  EXPECT_EQ(look("a/one no-answer x", make_error("no memory")).entry, nullptr);
  EXPECT_EQ(look("a/one no-answer x", make_skipped({.kind = SkipKind::kNeed})).entry, nullptr);
  const Judgement judgement = failed(FailureCode::kNoAnswer);
  const KnownOutcome unnamed = look("b/two no-answer x", judgement);
  EXPECT_EQ(unnamed.entry, nullptr);
  EXPECT_TRUE(unnamed.fails(judgement));
}

TEST(Run, DoesNotCountWhatIsKnownToFailAmongTheFailuresThatAreEnough) {
  const std::string answers = "covers HELLO-2\nC: HELLO\nS: 260 OK\n";
  Cells cells(FakeAction::Kind::kEndStream);
  EXPECT_EQ(verdicts_in(
                cells, {{"a/one", answers}, {"b/two", answers}, {"c/three", answers}},
                {.jobs = 1, .enough_failures = 1, .known = parse("a/one closed-early we know\n")}),
            (std::map<std::string, std::string>{
                {"a/one", "fail"}, {"b/two", "fail"}, {"c/three", "skipped"}}));
}

}  // namespace
}  // namespace chatspec
