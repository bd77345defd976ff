#include "harness/explore/protocol/visits.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "harness/explore/protocol/planned_conversation.h"
#include "reference/profile.h"

namespace chatspec {
namespace {

TEST(Visits, EachIsAConversationOfItsOwnThatComesToAnEnd) {
  const chat::Profile profile = *chat::find_profile("line");
  const std::vector<std::string> keys{"key"};
  std::set<std::string> seen;
  for (const Visit& visit : make_visits(profile)) {
    EXPECT_TRUE(seen.insert(write_said(visit.said)).second) << visit.name;
    EXPECT_FALSE(visit.does.empty());
    const auto plan = plan_conversation(profile, keys, visit.said);
    ASSERT_FALSE(plan.steps.empty()) << visit.name;
    const PlannedStep& last = plan.steps.back();
    EXPECT_EQ(plan.steps.size(), visit.said.steps.size()) << "all of it is said";
    EXPECT_TRUE(last.next.said.end != SaidEnd::kNone || ends_closed(last.next.expected.answer))
        << visit.name;
  }
  EXPECT_EQ(seen.size(), list_visits().size());
}

TEST(Visits, TheLargeOneSaysHowLargeItsTextIs) {
  for (const Visit& visit : make_visits(*chat::find_profile("line"))) {
    EXPECT_EQ(visit.text_bytes > 0, visit.name == "large") << visit.name;
    EXPECT_LE(visit.text_bytes, size_of(visit.said));
  }
}

}  // namespace
}  // namespace chatspec
