// What the protocol leaves open is no difference.

#include "harness/explore/protocol/planned_conversation.h"

#include <gtest/gtest.h>

#include "harness/explore/protocol/reference_server.h"

namespace chatspec {
namespace {

struct Open {
  std::string name;
  std::vector<Said> steps;
  std::string came;  // in answer to the last
  bool is_allowed;
};

class OpenAnswers : public ::testing::TestWithParam<Open> {};

TEST_P(OpenAnswers, AreAllowedWhereTheProtocolLeavesThemOpen) {
  const auto keys = make_exploring_keys(0);
  const auto plan =
      plan_conversation(*chat::find_profile("line"), keys, {.steps = GetParam().steps, .keys = 20});
  ASSERT_EQ(plan.steps.size(), GetParam().steps.size());
  EXPECT_EQ(plan.steps.back().next.expected.allows(GetParam().came), GetParam().is_allowed)
      << plan.steps.back().next.expected.answer;
}

Said says(std::string bytes, SaidEnd end = SaidEnd::kNone) {
  return {.segments = {std::move(bytes)}, .end = end};
}

INSTANTIATE_TEST_SUITE_P(
    All, OpenAnswers,
    ::testing::Values(
        Open{"early", {says("HELX")}, "closed", true},
        Open{"early_with_cr", {says("HELLO\rx")}, "closed", true},
        Open{"not_too_early", {says("HEL")}, "closed", false},
        Open{"cr_may_end_a_line", {says("HELLO\r")}, "closed", false},
        Open{"late", {says("HELX")}, "nothing", true},
        Open{"not_answered", {says("HELX")}, "260 OK", false},
        Open{"long_and_endless", {says(std::string(9000, 'x'))}, "nothing", true},
        Open{"long_and_ended", {says(std::string(9000, 'x') + "\n")}, "nothing", false},
        Open{"behind_a_reply", {says("HELLO\nNON")}, "260 OK, closed", true},
        Open{"text_is_never_wrong", {says("HELLO\nDATA\n"), says("x")}, "closed", false},
        Open{"whole_but_for_its_end", {says("HELLO", SaidEnd::kHalfClose)}, "260 OK, closed", true},
        Open{"half_a_command", {says("HELL", SaidEnd::kHalfClose)}, "260 OK, closed", false},
        Open{"no_signature_at_the_end",
             {says("HELLO\nDATA\n"), says(".", SaidEnd::kHalfClose)},
             "270 SIG, signature right, closed",
             false},
        Open{"gives_up_by_an_exception", {says("DATA\n")}, "exception, crashed", true},
        Open{"no_exception_where_all_is_well",
             {says("HELLO\n")},
             "260 OK, exception, crashed",
             false},
        Open{"no_signal", {says("DATA\n")}, "signal 6 (ABRT), crashed", false},
        Open{"reset", {says("HEL", SaidEnd::kReset)}, "closed", true}),
    [](const auto& one) { return one.param.name; });

TEST(PlannedConversations, SayNothingBehindTheEnd) {
  const auto keys = make_exploring_keys(0);
  const auto plan = plan_conversation(*chat::find_profile("line"), keys,
                                      {.steps = {says("DATA\n"), says("HELLO\n")}, .keys = 1});
  EXPECT_EQ(plan.said.steps.size(), 1U);
  EXPECT_EQ(plan.steps.back().due, "HELLO");
}

TEST(PlannedConversations, HaveSoManyKeysAsTheySay) {
  const auto keys = make_exploring_keys(0);
  const SaidConversation two_texts{.steps = {says("HELLO\nDATA\n.\nPASS\n"), says("DATA\n")},
                                   .keys = 1};
  const auto plan = plan_conversation(*chat::find_profile("line"), keys, two_texts);
  EXPECT_EQ(plan.steps.back().next.expected.answer, "closed") << "STATE-4";
}

TEST(PlannedConversations, AreFollowedUpToTheFirstDifference) {
  const auto keys = make_exploring_keys(0);
  const auto plan =
      plan_conversation(*chat::find_profile("line"), keys,
                        {.steps = {says("HELLO\n"), says("DATA\n"), says(".\n")}, .keys = 1});
  const Dialogue dialogue = follow(plan);
  EXPECT_EQ(dialogue({})->said.segments.front(), "HELLO\n");
  const Answers good{"260 OK"};
  EXPECT_EQ(dialogue(good)->said.segments.front(), "DATA\n");
  EXPECT_EQ(find_difference(plan, good), 1U);
  const Answers bad{"260 OK", "260 OK"};
  EXPECT_FALSE(dialogue(bad));
  EXPECT_EQ(find_difference(plan, bad), 1U);
}

}  // namespace
}  // namespace chatspec
