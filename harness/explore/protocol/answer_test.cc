#include "harness/explore/protocol/answer.h"

#include <gtest/gtest.h>

#include "harness/explore/protocol/signature_watch.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

const chat::Profile& profile_named(std::string_view name) {
  return *chat::find_profile(name);
}

const std::string kRight(64, 'a');

std::string named(std::string_view received, AnswerEnd end = AnswerEnd::kOpen,
                  std::string_view in_profile = "line") {
  return name_answer(profile_named(in_profile), received, end, {&kRight, 1});
}

TEST(Answers, AreNamedByWhatCame) {
  EXPECT_EQ(named(""), "nothing");
  EXPECT_EQ(named("", AnswerEnd::kClosed), "closed");
  EXPECT_EQ(named("", AnswerEnd::kUnclosed), "not closed");
  EXPECT_EQ(named("260 OK\n"), "260 OK");
  EXPECT_EQ(named("260 OK\n", AnswerEnd::kClosed), "260 OK, closed");
  EXPECT_EQ(named("270 SIG\n" + kRight + "\n"), "270 SIG, signature right");
  EXPECT_EQ(named("270 SIG" + kRight, AnswerEnd::kOpen, "bare"), "270 SIG, signature right");
}

TEST(Answers, TellARightSignatureFromAWrongOne) {
  EXPECT_EQ(named(std::string(64, 'A') + "\n"), "signature right");
  EXPECT_EQ(named(std::string(64, 'b') + "\n"), "signature wrong");
  EXPECT_EQ(named(std::string(63, 'a') + "\n"), "\"" + std::string(40, 'a') + "\"... (64 bytes)");
  EXPECT_EQ(name_answer(profile_named("line"), kRight + "\n", AnswerEnd::kOpen, {}),
            "signature wrong");
}

TEST(Answers, QuoteWhatIsNoReplyAndBoundIt) {
  EXPECT_EQ(named("260 OK\r\n"), R"("260 OK\r\n")");
  EXPECT_EQ(named("260 OK"), R"("260 OK")");
  EXPECT_EQ(named("\x1b[2J, closed\n"), R"("\x1b[2J, closed\n")");
  std::string lines, shown;
  for (char c = 'a'; c < 'a' + 12; ++c) {
    lines += std::string{c} + "\n";
    shown += std::string("\"") + c + "\\n\", ";
  }
  EXPECT_EQ(named(lines + "z\n"), shown + "…");
  EXPECT_EQ(named("x", AnswerEnd::kFlood), "sent without end");
}

TEST(Answers, EndAConnectionByWhatBecameOfItOnly) {
  for (const char* last : {"closed", "260 OK, closed", "not closed", "ended", "sent without end"})
    EXPECT_TRUE(ends_connection(last)) << last;
  EXPECT_TRUE(ends_connection(name_crash("260 OK, closed", "exception")));
  EXPECT_EQ(name_crash("closed", "signal 11 (SEGV)"), "signal 11 (SEGV), crashed");
  for (const std::string& open :
       {named(""), named("260 OK\n"), named("closed\n"), named("crashed")})
    EXPECT_FALSE(ends_connection(open)) << open;
}

TEST(SignatureWatches, FollowTextsOfWhoeverTakesThem) {
  const std::vector<std::string> keys{"one", "two"};
  const chat::Profile& line = profile_named("line");
  SignatureWatch watch(line, keys);
  const auto right = [&] {
    return std::vector(watch.right_signatures().begin(), watch.right_signatures().end());
  };
  using Signatures = std::vector<std::string>;
  EXPECT_EQ(right(), Signatures());
  watch.hear("NONSENSE\nDA");
  watch.hear("TA\na\\.\n");
  EXPECT_EQ(right(), Signatures());
  watch.hear("b\n.\n");
  EXPECT_EQ(right(), Signatures{chat::sign(line, "a.\nb", "one")});
  watch.hear("PASS\nDATA\n.\n");
  EXPECT_EQ(right(), (Signatures{chat::sign(line, "a.\nb", "one"), chat::sign(line, "", "two")}));
  watch.begin();
  EXPECT_EQ(right(), Signatures{chat::sign(line, "", "two")}) << "it may still come";
  watch.hear("DATA\n.\n");
  EXPECT_EQ(right(), Signatures{""}) << "there is no third key";
}

TEST(Answers, HoldEachSignatureAgainstTheOneThatIsDue) {
  const std::vector<std::string> right{std::string(64, 'a'), std::string(64, 'b')};
  const auto named_in_turn = [&](const std::string& received) {
    return name_answer(profile_named("line"), received, AnswerEnd::kOpen, right);
  };
  EXPECT_EQ(named_in_turn(right[0] + "\n" + right[1] + "\n"), "signature right, signature right");
  EXPECT_EQ(named_in_turn(right[1] + "\n" + right[1] + "\n"), "signature wrong, signature right");
}

}  // namespace
}  // namespace chatspec
