#include "harness/judge/matcher.h"

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

struct Row {
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
  for (const Row& row : {
           Row{ok, "", kOpen, "more"},
           Row{ok, "260 O", kOpen, "more"},
           Row{ok, "260 OK\n", kOpen, "match 7"},
           Row{ok, "260 OK\n270 SIG\n", kOpen, "match 7"},
           Row{ok, "", kQuiet, "no-answer"},
           Row{ok, "260 O", kQuiet, "partial-answer"},
           Row{ok, "260 OK", kQuiet, "line-end"},
           Row{ok, "260 OK\r\n", kOpen, "line-end"},
           Row{ok, "260 Okay\n", kOpen, "reply-text"},
           Row{ok, "5", kOpen, "more"},  // the rest of the unit is still to come
           Row{ok, "5", kQuiet, "wrong-reply"},
           Row{ok, "500 No\n", kOpen, "wrong-reply"},
           Row{ok, "", kEnded, "closed-early"},
           Row{ok, "260", kReset, "reset-early"},
           Row{data, "QUIT\n", kOpen, "wrong-command"},
           Row{pass, "FAIL\n", kOpen, "wrong-verdict"},
           Row{pass, "pass\n", kOpen, "wrong-command"},
           Row{pass, ".\n", kOpen, "wrong-command"},
           Row{text, "one\ntwo\n.\n", kOpen, "match 8"},
           Row{text, "one\ntoo\n", kOpen, "wrong-text"},
           Row{text, "one\n", kQuiet, "partial-answer"},
           Row{signature, kHash + "\n", kOpen, "match 65"},
           Row{signature, upper + "\n", kOpen, "match 65 with upper-case"},
           Row{signature, std::string(64, 'b') + "\n", kOpen, "wrong-signature"},
           Row{signature, "abc\n", kOpen, "malformed-signature"},
           Row{signature, kHash + "\r\n", kOpen, "line-end"},
           Row{any, std::string(64, '7') + "\n", kOpen, "match 65"},
           Row{any, "7\n", kOpen, "malformed-signature"},
           Row{close, "", kOpen, "more"},
           Row{close, "", kEnded, "match 0"},
           Row{close, "", kReset, "match 0 with reset-at-end"},
           Row{close, "", kQuiet, "not-closed"},
           Row{close, "500 No\n", kEnded, "unexpected-data"},
           Row{silence, "", kOpen, "more"},
           Row{silence, "", kQuiet, "match 0"},
           Row{silence, "x\n", kOpen, "unexpected-data"},
           Row{silence, "", kEnded, "closed-early"},
       }) {
    EXPECT_EQ(describe_match(match(row.step, line(), row.received, row.state)), row.expected)
        << "received: " << row.received;
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
