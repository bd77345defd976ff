#include "harness/judge/findings/matcher.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

const chat::Profile& line() {
  return *chat::find_profile("line");
}

Step expecting(ItemKind kind, Subject subject = Subject::kOther, std::string bytes = "") {
  Step step;
  step.action = Action::kExpect;
  step.alternatives.push_back(
      {.kind = kind, .subject = subject, .bytes = std::move(bytes), .requirement = {}});
  return step;
}

const std::string kHash(64, 'a');

struct MatchRow {
  Step step;
  std::string received;
  StreamState state;
  std::string expected;  // "match N", "match N with CODE", "more" or a failure code
};

std::string describe_match(const Match& match) {
  switch (match.outcome) {
    case Match::Outcome::kNeedMore:
      return "more";
    case Match::Outcome::kMismatched:
      return std::string(to_string(match.code));
    case Match::Outcome::kMatched:
      break;
  }
  std::string out = "match " + std::to_string(match.consumed);
  if (match.deviation) out += " with " + std::string(to_string(*match.deviation));
  return out;
}

// However the bytes were cut, the first alternative that the whole of them meets is the one.
TEST(Matcher, TakesNoAlternativeWhileOneBeforeItMayStillMatch) {
  Step step = expecting(ItemKind::kUnit, Subject::kReply, "260 OK\n");
  Expectation raw{
      .kind = ItemKind::kRaw, .subject = Subject::kOther, .bytes = "260 OK", .requirement = {}};
  raw.deviates = true;
  step.alternatives.push_back(raw);
  EXPECT_EQ(describe_match(match(step, line(), "260 OK", StreamState::kOpen)), "more");
  EXPECT_EQ(describe_match(match(step, line(), "260 OK\n", StreamState::kOpen)), "match 7");
  EXPECT_EQ(describe_match(match(step, line(), "260 OK", StreamState::kQuiet)),
            "match 6 with other-way");
}

Expectation like(std::string_view pattern) {
  return {.kind = ItemKind::kLike,
          .subject = Subject::kReply,
          .bytes = {},
          .pattern = split_at_stars(pattern),
          .requirement = {}};
}

Step expecting_any(std::vector<Expectation> ways) {
  Step step;
  step.action = Action::kExpect;
  step.alternatives = std::move(ways);
  return step;
}

TEST(Matcher, TakesALineThatAPatternDescribes) {
  const Step step = expecting_any({like("260 *K")});
  using enum StreamState;
  for (const MatchRow& row : {
           MatchRow{step, "", kOpen, "more"},
           MatchRow{step, "260 OK", kOpen, "more"},
           MatchRow{step, "260 OK\nmore", kOpen, "match 7"},
           MatchRow{step, "260 K\n", kEnded, "match 6"},
           MatchRow{step, "260 OK\r\n", kOpen, "line-end"},
           MatchRow{step, "260 OK", kQuiet, "line-end"},
           MatchRow{step, "260 Okay\n", kOpen, "reply-text"},
           MatchRow{step, "500 OK\n", kOpen, "wrong-reply"},
           MatchRow{step, "", kQuiet, "no-answer"},
           MatchRow{step, "260", kEnded, "closed-early"},
           MatchRow{step, "260 " + std::string(65530, 'O') + "K\n", kOpen, "match 65536"},
           MatchRow{step, "260 " + std::string(65531, 'O') + "K\n", kOpen, "reply-text"},
           MatchRow{step, std::string(65535, '2'), kOpen, "more"},
           MatchRow{step, std::string(65536, '2'), kOpen, "wrong-reply"},
       }) {
    EXPECT_EQ(describe_match(match(row.step, line(), row.received, row.state)), row.expected)
        << row.received.substr(0, 20);
  }
}

// Only where its sender waits is it known to be all.
TEST(Matcher, WithoutLineEndsAPatternDescribesAllThatCame) {
  const chat::Profile& bare = *chat::find_profile("bare");
  const Step step = expecting_any({like("260 *")});
  EXPECT_EQ(describe_match(match(step, bare, "260 OK", StreamState::kOpen)), "more");
  EXPECT_EQ(describe_match(match(step, bare, "260 OK", StreamState::kQuiet)), "match 6");
  EXPECT_EQ(describe_match(match(step, bare, "500", StreamState::kEnded)), "wrong-reply");
  EXPECT_EQ(describe_match(match(step, bare, "", StreamState::kEnded)), "closed-early");
}

TEST(Matcher, TakesAWayOfSeveralLinesAsAWhole) {
  Expectation error = like("5*");
  error.deviates = true;
  error.then = {
      like("*"),
      {.kind = ItemKind::kClose, .subject = Subject::kOther, .bytes = {}, .requirement = {}}};
  Expectation closes{
      .kind = ItemKind::kClose, .subject = Subject::kOther, .bytes = {}, .requirement = {}};
  const Step step = expecting_any({closes, error});
  using enum StreamState;
  for (const MatchRow& row : {
           MatchRow{step, "", kEnded, "match 0"},
           MatchRow{step, "500 no\n", kOpen, "more"},
           MatchRow{step, "500 no\nbye\n", kOpen, "more"},
           MatchRow{step, "500 no\nbye\n", kEnded, "match 11 with other-way"},
           MatchRow{step, "500 no\nbye\nmore\n", kOpen, "unexpected-data"},
           MatchRow{step, "500 no\nbye\n", kQuiet, "unexpected-data"},
           MatchRow{step, "600 no\n", kOpen, "unexpected-data"},
       }) {
    EXPECT_EQ(describe_match(match(row.step, line(), row.received, row.state)), row.expected)
        << row.received;
  }
  const Match differs =
      match(expecting_any({error}), line(), "500 no\nbye\nmore\n", StreamState::kOpen);
  EXPECT_EQ(differs.part, 2U);
  EXPECT_EQ(differs.consumed, 11U);
}

TEST(Matcher, NamesWhatItSees) {
  const Step ok = expecting(ItemKind::kUnit, Subject::kReply, "260 OK\n");
  const Step data = expecting(ItemKind::kUnit, Subject::kCommand, "DATA\n");
  const Step pass = expecting(ItemKind::kUnit, Subject::kVerdict, "PASS\n");
  const Step text = expecting(ItemKind::kMessage, Subject::kText, "one\ntwo\n");
  const Step signature = expecting(ItemKind::kSignature, Subject::kSignature, kHash + "\n");
  const Step any = expecting(ItemKind::kAnySignature, Subject::kSignature);
  const Step close = expecting(ItemKind::kClose);
  const Step silence = expecting(ItemKind::kSilence);
  const std::string upper(64, 'A');
  using enum StreamState;
  for (const MatchRow& row : {
           MatchRow{ok, "", kOpen, "more"},
           MatchRow{ok, "260 O", kOpen, "more"},
           MatchRow{ok, "260 OK\n", kOpen, "match 7"},
           MatchRow{ok, "260 OK\n270 SIG\n", kOpen, "match 7"},
           MatchRow{ok, "", kQuiet, "no-answer"},
           MatchRow{ok, "260 O", kQuiet, "partial-answer"},
           MatchRow{ok, "260 OK", kQuiet, "line-end"},
           MatchRow{ok, "260 OK\r\n", kOpen, "line-end"},
           MatchRow{ok, "260 Okay\n", kOpen, "reply-text"},
           MatchRow{ok, "5", kOpen, "more"},  // the rest of the unit is still to come
           MatchRow{ok, "5", kQuiet, "wrong-reply"},
           MatchRow{ok, "500 No\n", kOpen, "wrong-reply"},
           MatchRow{ok, "", kEnded, "closed-early"},
           MatchRow{ok, "260", kReset, "reset-early"},
           MatchRow{data, "QUIT\n", kOpen, "wrong-command"},
           MatchRow{pass, "FAIL\n", kOpen, "wrong-verdict"},
           MatchRow{pass, "pass\n", kOpen, "wrong-command"},
           MatchRow{pass, ".\n", kOpen, "wrong-command"},
           MatchRow{text, "one\ntwo\n.\n", kOpen, "match 8"},
           MatchRow{text, "one\ntoo\n", kOpen, "wrong-text"},
           MatchRow{text, "one\n", kQuiet, "partial-answer"},
           MatchRow{signature, kHash + "\n", kOpen, "match 65"},
           MatchRow{signature, upper + "\n", kOpen, "match 65 with upper-case"},
           MatchRow{signature, std::string(64, 'b') + "\n", kOpen, "wrong-signature"},
           MatchRow{signature, "abc\n", kOpen, "malformed-signature"},
           MatchRow{signature, kHash + "\r\n", kOpen, "line-end"},
           MatchRow{any, std::string(64, '7') + "\n", kOpen, "match 65"},
           MatchRow{any, "7\n", kOpen, "malformed-signature"},
           MatchRow{close, "", kOpen, "more"},
           MatchRow{close, "", kEnded, "match 0"},
           MatchRow{close, "", kReset, "match 0 with reset-at-end"},
           MatchRow{close, "", kQuiet, "not-closed"},
           MatchRow{close, "500 No\n", kEnded, "unexpected-data"},
           MatchRow{silence, "", kOpen, "more"},
           MatchRow{silence, "", kQuiet, "match 0"},
           MatchRow{silence, "x\n", kOpen, "unexpected-data"},
           MatchRow{silence, "", kEnded, "closed-early"},
       }) {
    EXPECT_EQ(describe_match(match(row.step, line(), row.received, row.state)), row.expected)
        << "received: " << row.received;
  }
}

TEST(Matcher, TakesTheOtherCaseOfDigitsForADeviationWhicheverTheProfileHas) {
  chat::Profile profile = line();
  profile.signature_coding = chat::SignatureCoding::kUpperCaseHex;
  const std::string upper(64, 'A');
  const std::string lower(64, 'a');
  const Step signature = expecting(ItemKind::kSignature, Subject::kSignature, upper + "\n");
  const Step any = expecting(ItemKind::kAnySignature, Subject::kSignature);
  for (const Step& step : {signature, any}) {
    EXPECT_EQ(describe_match(match(step, profile, upper + "\n", StreamState::kOpen)), "match 65");
    EXPECT_EQ(describe_match(match(step, profile, lower + "\n", StreamState::kOpen)),
              "match 65 with lower-case");
  }
}

// TCP may cut what arrives anywhere; the end of it all must not depend on that.
TEST(Matcher, ComesToTheSameEndHoweverTheBytesWereCut) {
  for (const std::string received :
       {"260 OK\n", "260 Okay\n", "500 Internal trouble\n", "\r260 OK\n"}) {
    const Step step = expecting(ItemKind::kUnit, Subject::kReply, "260 OK\n");
    const std::string whole = describe_match(match(step, line(), received, StreamState::kOpen));
    for (std::size_t cut = 0; cut < received.size(); ++cut) {
      EXPECT_EQ(describe_match(match(step, line(), received.substr(0, cut), StreamState::kOpen)),
                "more")
          << received << cut;
    }
    EXPECT_NE(whole, "more");
  }
}

TEST(Matcher, TakesTheFirstAlternativeThatIsMet) {
  Step step = expecting(ItemKind::kClose);
  step.alternatives.push_back(
      {.kind = ItemKind::kSilence, .bytes = {}, .deviates = true, .requirement = "END-2"});
  EXPECT_EQ(describe_match(match(step, line(), "", StreamState::kEnded)), "match 0");
  EXPECT_EQ(describe_match(match(step, line(), "", StreamState::kQuiet)), "match 0 with other-way");
  EXPECT_EQ(describe_match(match(step, line(), "x\n", StreamState::kOpen)), "unexpected-data");
}

}  // namespace
}  // namespace chatspec
