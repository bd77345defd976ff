#include "harness/explore/fuzz/finding_register.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

const FindingCause kCause{.requirement = "STATE-2",
                          .place = "a command",
                          .expected = "closed",
                          .came = R"("500 No \"x\"\n", closed)"};

TEST(Causes, AreReadBackFromTheCommentOfAScenario) {
  EXPECT_EQ(write_cause(kCause), "STATE-2; a command; closed; other bytes");
  EXPECT_EQ(find_cause_comment("# Found.\n# " + write_cause_comment(kCause) + "\nscenario  x\n"),
            write_cause(kCause));
  EXPECT_EQ(find_cause_comment("# Found.\nscenario  # Cause: x\n"), std::nullopt);
}

TEST(Causes, LeaveOutWhatAnAnswerQuotes) {
  EXPECT_EQ(generalise_answer("260 OK, closed"), "260 OK, closed");
  EXPECT_EQ(generalise_answer(R"("a\\", "b"... (9000 bytes), closed)"),
            "other bytes, other bytes, closed");
  EXPECT_EQ(generalise_answer("\"never closed"), "other bytes");
}

TEST(Causes, SayWhereTheAnswersPart) {
  struct Row {
    std::string expected;
    std::string came;
    Parting parting;
  };
  const std::vector<Row> rows{
      {"closed", "260 OK", {"closed", "260 OK"}},
      {"260 OK, 270 SIG, signature right, closed", "260 OK", {"270 SIG", "nothing"}},
      {"260 OK", "260 OK, closed", {"nothing", "closed"}},
      {"270 SIG, signature right", "nothing", {"270 SIG", "nothing"}},
      {"270 SIG, signature right",
       "270 SIG, signature wrong, closed",
       {"signature right", "signature wrong"}},
      {"260 OK", R"(260 OK, "a, b", closed)", {"nothing", "other bytes"}},
      {"260 OK, closed", "260 OK, not closed", {"closed", "not closed"}},
      {"260 OK", "signal 11 (SEGV), crashed", {"260 OK", "signal 11 (SEGV)"}},
      {"260 OK, 260 OK", "260 OK, 260 OK, 260 OK", {"nothing", "260 OK"}},
  };
  for (const Row& row : rows)
    EXPECT_EQ(find_parting(row.expected, row.came), row.parting)
        << row.expected << " | " << row.came;
}

TEST(FindingRegisters, LookAtACauseEverMoreSeldom) {
  FindingRegister findings({}, {});
  std::string looks;
  for (int i = 1; i <= 16; ++i) looks += findings.is_worth_a_look(kCause) ? 'x' : '.';
  EXPECT_EQ(looks, "xx.x...x.......x");
}

TEST(FindingRegisters, TellEachShapeOfACauseOnceAndNotTooMany) {
  FindingRegister findings({}, {});
  EXPECT_TRUE(findings.add(kCause, "HELLO; ?"));
  EXPECT_FALSE(findings.add(kCause, "HELLO; ?"));
  EXPECT_TRUE(findings.add(kCause, "HELLO; ?b"));
  EXPECT_TRUE(findings.add(kCause, "HELLO; ?c"));
  EXPECT_FALSE(findings.add(kCause, "HELLO; ?d"));
  FindingCause other = kCause;
  other.came = "nothing";
  EXPECT_TRUE(findings.add(other, "HELLO; ?"));
}

TEST(FindingRegisters, PassOverWhatIsAcceptedOrKnown) {
  FindingRegister accepting({write_cause(kCause)}, {});
  EXPECT_FALSE(accepting.is_worth_a_look(kCause));
  EXPECT_FALSE(accepting.add(kCause, "HELLO"));
  EXPECT_EQ(accepting.accepted_seen(), 2U);
  FindingRegister knowing({}, {write_cause(kCause), "another"});
  EXPECT_FALSE(knowing.is_worth_a_look(kCause));
  EXPECT_EQ(knowing.known_seen(), std::set<std::string>{write_cause(kCause)});
}

}  // namespace
}  // namespace chatspec
