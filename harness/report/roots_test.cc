#include "harness/report/roots.h"

#include <regex>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/judge/findings/alternatives.h"
#include "harness/report/roots_json.h"

namespace chatspec {
namespace {

FindingRecord finding(std::string code, std::string expected = "") {
  FindingRecord made;
  made.code = std::move(code);
  made.expected = std::move(expected);
  return made;
}

FindingRecord wrong_signature(std::string mistakes) {
  FindingRecord made = finding("wrong-signature");
  const std::string first = mistakes.substr(0, mistakes.find(' '));
  const std::string others = mistakes == first ? "" : " (or another)";
  made.cause = CauseRecord{.id = "hashed-otherwise",
                           .parameters = {{"mistakes", std::move(mistakes)}, {"what", "…"}},
                           .sentence = "this is the hash of " + first + others};
  if (!others.empty()) {
    made.cause->parameters["others"] = others;
    made.cause->parameters["words"] = std::regex_replace(
        made.cause->parameters["mistakes"], std::regex(" "), std::string(kBetweenWords));
  }
  return made;
}

CaseRecord failed(std::string id, std::string requirement, FindingRecord what) {
  CaseRecord made;
  made.id = std::move(id);
  made.requirements = {std::move(requirement)};
  made.verdict = Verdict::kFail;
  made.failure = std::move(what);
  return made;
}

CaseRecord skipped(std::string id, std::string needed) {
  CaseRecord made;
  made.id = std::move(id);
  made.verdict = Verdict::kSkipped;
  made.skipped = SkipRecord{.kind = "need", .case_id = std::move(needed)};
  return made;
}

// "ID: CASE CASE", in their order.
std::vector<std::string> roots_of(const std::vector<CaseRecord>& cases) {
  std::vector<const CaseRecord*> borrowed;
  for (const CaseRecord& one : cases) borrowed.push_back(&one);
  std::vector<std::string> described;
  for (const Root& root : find_roots(borrowed)) {
    described.push_back(root.id + ":");
    for (const Showing& showing : root.showings) described.back() += " " + showing.played->id;
  }
  return described;
}

using Roots = std::vector<std::string>;

TEST(Roots, OfNothingWrongThereAreNone) {
  EXPECT_EQ(roots_of({}), Roots());
  EXPECT_EQ(roots_of({CaseRecord{}, skipped("a/b", "c/d")}), Roots());
}

TEST(Roots, WhatIsExplainedAlikeIsOne) {
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", wrong_signature("lf")),
                      failed("a/2", "SIG-2", wrong_signature("lf"))}),
            Roots{"mistake/lf: a/1 a/2"});
}

TEST(Roots, OfTheSameDeathAreOne) {
  const auto killed = [](std::string signal) {
    FindingRecord made = finding("killed");
    made.message = "it was killed by signal " + signal;
    return made;
  };
  EXPECT_EQ(roots_of({failed("a/1", "STATE-1", killed("6 (ABRT)")),
                      failed("a/2", "STATE-2", killed("6 (ABRT)")),
                      failed("a/3", "STATE-3", killed("11 (SEGV)"))}),
            (Roots{"dies: it was killed by signal 6 (ABRT): a/1 a/2", "breaks STATE-3: a/3"}));
}

FindingRecord malformed_signature(std::string received, std::string cause = "") {
  FindingRecord made = finding("malformed-signature");
  made.received.begin = std::move(received);
  if (!cause.empty()) made.cause = CauseRecord{.id = std::move(cause)};
  return made;
}

// Whatever a case is about, its signature is written by the same few lines of the program.
TEST(Roots, SignaturesThatAreWrittenWronglyAreOne) {
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", malformed_signature("x1", "ends-at-small-byte")),
                      failed("a/2", "DATA-2", malformed_signature("x2", "ends-at-small-byte")),
                      failed("a/3", "QUIT-2", malformed_signature("x3", "digits-cut"))}),
            Roots{"mistake/ends-at-small-byte: a/1 a/2 a/3"});
  const std::string long_one(30, 'x');
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", malformed_signature(long_one + "1")),
                      failed("a/2", "DATA-2", malformed_signature(long_one + "2"))}),
            Roots{"malformed-signature: a/1 a/2"});
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", malformed_signature("260 OK\n")),
                      failed("a/2", "DATA-2", malformed_signature("500\n"))}),
            (Roots{"breaks DATA-2: a/2", "breaks SIG-1: a/1"}))
      << "another word is another mistake";
}

// In a text of one line it cannot be told what became of the others.
TEST(Roots, OfSeveralExplanationsTheSharedOneIsTaken) {
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", wrong_signature("lf cr first-line")),
                      failed("a/2", "SIG-1", wrong_signature("first-line")),
                      failed("a/3", "SIG-1", wrong_signature("cut first-line"))}),
            Roots{"mistake/first-line: a/2 a/1 a/3"})
      << "and first comes the case of which nothing else is told";
}

// What one case leaves open another may rule out.
TEST(Roots, OfWhichAllCasesLeaveOneExplanationTellThisOne) {
  const auto told = [](const std::vector<std::string>& mistakes) {
    std::vector<CaseRecord> cases;
    for (const std::string& each : mistakes)
      cases.push_back(failed(fmt::format("a/{}", cases.size()), "SIG-1", wrong_signature(each)));
    std::vector<const CaseRecord*> borrowed;
    for (const CaseRecord& one : cases) borrowed.push_back(&one);
    return sentence_of(find_roots(borrowed).front());
  };
  EXPECT_EQ(told({"lf cr", "lf first-line"}), "this is the hash of lf");
  EXPECT_EQ(told({"cr lf", "lf first-line"}), "this is the hash of lf")
      << "the case that tells it stands first";
  EXPECT_EQ(told({"lf cr", "lf cr first-line"}), "this is the hash of lf (or another)");
  EXPECT_EQ(told({"lf cr", "lf first-line …"}), "this is the hash of lf (or another)")
      << "what is not listed may be cr as well";
  EXPECT_EQ(told({"lf cr", "cut cr"}), "this is the hash of cr");
}

TEST(Roots, MistakesThatMeetAreRootsOfTheirOwn) {
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", wrong_signature("lf+no-key")),
                      failed("a/2", "SIG-1", wrong_signature("no-key"))}),
            (Roots{"mistake/no-key: a/2 a/1", "mistake/lf: a/1"}))
      << "and first comes the case that shows one of them alone";
}

TEST(Roots, MistakesThatAlwaysMeetAreOne) {
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", wrong_signature("lf+no-key")),
                      failed("a/2", "SIG-1", wrong_signature("lf+no-key"))}),
            Roots{"mistake/lf+mistake/no-key: a/1 a/2"});
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", wrong_signature("lf+no-key")),
                      failed("a/2", "SIG-1", finding("no-answer"))}),
            Roots{"mistake/lf+mistake/no-key: a/1 a/2"})
      << "also where something that is not explained hangs on one of them";
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", finding("no-answer")),
                      failed("a/2", "SIG-1", wrong_signature("lf+no-key")),
                      failed("a/3", "SIG-1", wrong_signature("lf+no-key"))}),
            Roots{"mistake/lf+mistake/no-key: a/2 a/1 a/3"})
      << "the clearest first, the others in the order of the log";
}

// What a program was seen doing may have another reason each time.
TEST(Roots, AreNotMadeOfWhatIsOnlySuggested) {
  FindingRecord unanswered = finding("no-answer", "260 OK");
  unanswered.cause = CauseRecord{.id = "verdict-unanswered"};
  EXPECT_EQ(
      roots_of({failed("a/1", "VERDICT-2", unanswered), failed("a/2", "FRAME-1", unanswered)}),
      (Roots{"breaks FRAME-1: a/2", "breaks VERDICT-2: a/1"}));
}

TEST(Roots, StayingOpenIsOneWhereverThatIs) {
  EXPECT_EQ(roots_of({failed("a/1", "STATE-5", finding("not-closed", "<close>")),
                      failed("a/2", "QUIT-1", finding("not-closed", "<close>")),
                      failed("a/3", "END-2", finding("not-closed", "<close>"))}),
            Roots{"stays open: a/1 a/2 a/3"});
}

TEST(Roots, GoingOnIsOneWhateverShowsIt) {
  EXPECT_EQ(roots_of({failed("a/1", "STATE-1", finding("not-closed", "<close>")),
                      failed("a/2", "STATE-2", finding("unexpected-data", "<close>")),
                      failed("a/3", "STATE-3", finding("unexpected-data", "<nothing>"))}),
            (Roots{"goes on against STATE: a/1 a/2", "breaks STATE-3: a/3"}));
}

TEST(Roots, OfWhatNothingExplainsASignMakesOne) {
  CaseRecord one = failed("a/1", "DATA-7", finding("closed-early", "270 SIG"));
  CaseRecord other = failed("a/2", "LIFE-3", finding("wrong-exit"));
  EXPECT_EQ(roots_of({one, other}).size(), 2U);
  one.errors.bytes = log_bytes("at byte 7\nserver: that was 1\n");
  other.errors.bytes = log_bytes("server: that was 12\n");
  EXPECT_EQ(roots_of({one, other}), Roots{"writes: server: that was : a/1 a/2"})
      << "the same last words but for a number";
  other.errors.before_end = 0;
  EXPECT_EQ(roots_of({one, other}).size(), 2U) << "what it wrote when we ended it is not about it";
}

TEST(Roots, WhatNothingExplainsHangsOnWhatItIsLike) {
  const CaseRecord explained = failed("a/1", "SIG-1", wrong_signature("lf"));
  EXPECT_EQ(roots_of({failed("a/2", "ESC-2", finding("wrong-signature")), explained}),
            Roots{"mistake/lf: a/1 a/2"})
      << "and first comes what tells the mistake";
  EXPECT_EQ(roots_of({failed("a/2", "ESC-2", finding("no-answer")), explained}).size(), 2U);
  CaseRecord blemish = failed("a/2", "SIG-1", finding("upper-case"));
  blemish.verdict = Verdict::kDeviates;
  EXPECT_EQ(roots_of({blemish, explained}).size(), 2U) << "a deviation is no sight of a failure";
}

TEST(Roots, OfWhatIsExplainedNoneHangsOnAnother) {
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", wrong_signature("lf")),
                      failed("a/2", "SIG-1", wrong_signature("no-key"))})
                .size(),
            2U);
}

// One text shows that dots are not escaped, another one that backslashes are not.
TEST(Roots, MistakesOfOneTopicAreOneAndEachIsTold) {
  std::vector<CaseRecord> cases{failed("a/1", "ESC-1", wrong_signature("only-dots-unescaped")),
                                failed("a/2", "ESC-1", wrong_signature("still-escaped")),
                                failed("a/3", "ESC-1", wrong_signature("still-escaped"))};
  EXPECT_EQ(roots_of(cases), Roots{"mistake/still-escaped: a/2 a/1 a/3"});
  std::vector<const CaseRecord*> borrowed;
  for (const CaseRecord& one : cases) borrowed.push_back(&one);
  const Root root = find_roots(borrowed).front();
  EXPECT_EQ(sentence_of(root), "this is the hash of still-escaped");
  ASSERT_EQ(root.likenesses.size(), 1U);
  EXPECT_EQ(root.likenesses.front().sentence, "this is the hash of only-dots-unescaped");
  EXPECT_EQ(root.likenesses.front().played->id, "a/1");
}

TEST(Roots, WhatIsOnlyRecommendedInOneCaseIsTheSameMistake) {
  CaseRecord should = failed("a/1", "SIG-1", wrong_signature("lf"));
  should.verdict = Verdict::kDeviates;
  EXPECT_EQ(roots_of({should, failed("a/2", "SIG-1", wrong_signature("lf"))}),
            Roots{"mistake/lf: a/2 a/1"})
      << "and the failure is shown";
}

TEST(Roots, WhatEveryCourseHasIsClearest) {
  CaseRecord core = failed("a/2", "SIG-1", wrong_signature("lf"));
  core.tags = {"core"};
  core.events.resize(1);
  core.events.front().bytes.begin = "of more bytes";
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", wrong_signature("lf")), core}),
            Roots{"mistake/lf: a/2 a/1"});
}

// A cut in an escape sequence looks like a text that was not unescaped.
TEST(Roots, WhatFailsWhereItIsCutIsAboutCuts) {
  EXPECT_EQ(roots_of({failed("a/1", "STREAM-1", finding("wrong-signature")),
                      failed("a/2", "STREAM-1", wrong_signature("still-escaped")),
                      failed("a/3", "STREAM-2", finding("no-answer"))}),
            Roots{"segments: a/1 a/2 a/3"});
  EXPECT_EQ(roots_of({failed("a/1", "SIG-1", wrong_signature("lf")),
                      failed("a/2", "SIG-1", wrong_signature("lf")),
                      failed("a/3", "STREAM-1", wrong_signature("lf"))}),
            Roots{"mistake/lf: a/1 a/2 a/3"});
}

TEST(Roots, OfAFaultOnlyItsKindCounts) {
  const auto died = [](std::string id, std::string what) {
    CaseRecord made = failed(std::move(id), "LINE-1", finding("closed-early"));
    made.failure->cause = CauseRecord{.id = "reported-fault", .parameters = {{"what", what}}};
    return made;
  };
  EXPECT_EQ(roots_of({died("a/1", "Error: can't read byte 7"),
                      died("a/2", "Error: can't read byte 12"), died("a/3", "Other: 7")})
                .size(),
            2U);
}

TEST(Roots, ABlemishOfEveryReplyIsOne) {
  CaseRecord twice = failed("a/1", "SIG-1", wrong_signature("lf"));
  twice.deviations = {finding("upper-case"), finding("upper-case")};
  CaseRecord once = twice;
  once.id = "a/2";
  once.failure.reset();
  once.verdict = Verdict::kDeviates;
  EXPECT_EQ(roots_of({twice, once}), (Roots{"mistake/lf: a/1", "breaks SIG-1: a/1 a/2"}))
      << "failures first";
}

TEST(Roots, ThatOnWhichMostHangComesFirst) {
  std::vector<CaseRecord> cases{failed("a/1", "SIG-1", wrong_signature("lf")),
                                failed("a/2", "SIG-1", wrong_signature("lf")),
                                failed("b/1", "DATA-1", finding("no-answer")),
                                skipped("c/1", "b/1"),
                                skipped("c/2", "c/1"),
                                skipped("c/3", "c/2")};
  EXPECT_EQ(roots_of(cases), (Roots{"breaks DATA-1: b/1", "mistake/lf: a/1 a/2"}));
  // A log may say that they wait for each other.
  cases.push_back(skipped("d/1", "d/2"));
  cases.push_back(skipped("d/2", "d/1"));
  EXPECT_EQ(roots_of(cases).size(), 2U);
}

TEST(Roots, TroubleOfTheHarnessIsNobodysFailure) {
  CaseRecord trouble;
  trouble.id = "a/1";
  trouble.verdict = Verdict::kError;
  trouble.trouble = "cannot read /proc/12/stat";
  CaseRecord again = trouble;
  again.id = "a/2";
  again.trouble = "cannot read /proc/13/stat";
  EXPECT_EQ(roots_of({trouble, again, failed("b/1", "SIG-1", wrong_signature("lf"))}),
            (Roots{"mistake/lf: b/1", "trouble/cannot read /proc//stat: a/1 a/2"}));
}

TEST(RootsJson, IsALineForEachRoot) {
  std::vector<CaseRecord> cases{
      failed("a/1", "SIG-1", wrong_signature("lf")), failed("a/2", "SIG-1", wrong_signature("lf")),
      failed("b/1", "SIG-1", finding("no-answer")), skipped("c/1", "a/1")};
  cases[2].failure->message = "it says nothing";
  cases.front().failure->cause->sentence = "with \xff and \"";
  std::vector<const CaseRecord*> borrowed;
  for (const CaseRecord& one : cases) borrowed.push_back(&one);
  const std::string replaced = R"("with \ufffd and \"")";
  EXPECT_EQ(to_json_lines(find_roots(borrowed)),
            R"({"root":"mistake/lf","kind":"failure","requirement":"SIG-1",)"
            R"("code":"wrong-signature","sentence":)" +
                replaced +
                R"(,"cases":["a/1","a/2","b/1"],)"
                R"("alike":[{"case":"b/1","sentence":"it says nothing"}],"kept_back":1})" +
                "\n");
  EXPECT_EQ(to_json_lines({}), "");
}

}  // namespace
}  // namespace chatspec
