#include "harness/grade/assignment.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

constexpr std::string_view kWholeAssignment = R"(
# What follows has one of everything.
title     "Exercise 3: \"signatures\""
roles     client server
points    30            handshake quit   # each is worth as much
points    40.5 each 10  signature SIG-1
points    20 server     core
counts    cases
deviates  50%
flaky     pass
)";

Assignment parsed(std::string_view text) {
  auto assignment = parse_assignment(text, "a.txt");
  if (!assignment) ADD_FAILURE() << chat::to_string(assignment.error());
  return assignment ? *std::move(assignment) : Assignment();
}

std::string mistakes_in(const std::string& text) {
  const auto assignment = parse_assignment(text, "a.txt");
  return assignment ? "" : chat::to_string(assignment.error());
}

CaseRecord case_of(std::string id, std::vector<std::string> tags = {},
                   std::vector<std::string> requirements = {}) {
  CaseRecord made;
  made.id = std::move(id);
  made.tags = std::move(tags);
  made.requirements = std::move(requirements);
  return made;
}

TEST(Assignment, IsReadAsItIsWritten) {
  const Assignment all = parsed(kWholeAssignment);
  EXPECT_EQ(all.title, "Exercise 3: \"signatures\"");
  EXPECT_EQ(all.roles, (std::vector<Role>{Role::kClient, Role::kServer}));
  EXPECT_EQ(all.reckoning, Reckoning::kCases);
  EXPECT_EQ(all.deviates_percent, 50);
  EXPECT_EQ(all.flaky, FlakyPolicy::kPass);
}

TEST(Assignment, IsOfAServerWhereItDoesNotSay) {
  EXPECT_EQ(parsed("points 1 *\n").roles, std::vector<Role>{Role::kServer});
}

TEST(Assignment, HasPointsInTheirOrder) {
  const Assignment all = parsed(kWholeAssignment);
  ASSERT_EQ(all.parts.size(), 3U);
  EXPECT_EQ(all.parts[0].cases.to_string(), "handshake quit");
  EXPECT_FALSE(all.parts[0].each);
  EXPECT_EQ(all.parts[1].points.to_string(), "40.5");
  EXPECT_EQ(all.parts[1].each->to_string(), "10");
  EXPECT_EQ(all.parts[2].role, Role::kServer);
  EXPECT_EQ(all.total().to_string(), "90.5");
}

TEST(CaseWords, MeanNamesTagsAndRequirements) {
  const CaseRecord played = case_of("bytes/each[nul]", {"core"}, {"BYTE-1", "SIG-10"});
  for (const char* word : {"bytes", "bytes/each", "bytes/each[nul]", "bytes/*", "*", "by*", "core",
                           "BYTE-1", "BYTE", "SIG-10"})
    EXPECT_TRUE((CaseWords{{"nosuch", word}}.fits(played))) << word;
  for (const char* word : {"byte", "each", "bytes/", "bytes/each[", "cor", "SIG-1", "byte-1", ""})
    EXPECT_FALSE((CaseWords{{word}}.fits(played))) << word;
}

TEST(Assignment, TellsAllMistakesWithTheirLines) {
  EXPECT_EQ(mistakes_in("role server\ntitle\npoints 1 *\ndeviates 120%\ntitle x\ntitle \"\"\n"),
            "a.txt:1: unknown setting \"role\"; did you mean \"roles\"?; known are title, roles, "
            "points, counts, deviates, flaky\n"
            "a.txt:2: title: expected a value behind the setting's name\n"
            "a.txt:4: deviates: expected a share from 0% to 100%, found \"120%\"\n"
            "a.txt:5: title is set twice, first in line 2\n"
            "a.txt:6: title is set twice, first in line 2");
}

struct Mistaken {
  std::string text;
  std::string message;
};

TEST(Assignment, SaysWhatWasExpectedInstead) {
  for (const auto& [text, message] : {
           Mistaken{"counts mistake",
                    "counts: expected mistakes or cases, found \"mistake\"; did "
                    "you mean \"mistakes\"?"},
           Mistaken{"roles server proxy", "roles: expected server or client, found \"proxy\""},
           Mistaken{"deviates -1%", "deviates: expected a share from 0% to 100%, found \"-1%\""},
           Mistaken{"deviates 50", "deviates: expected a share from 0% to 100%, found \"50\""},
           Mistaken{"deviates %", "deviates: expected a share from 0% to 100%, found \"%\""},
           Mistaken{"points x *",
                    "points: expected how many points, such as 20 or 7.5, found \"x\""},
           Mistaken{"points 0 *",
                    "points: expected how many points, such as 20 or 7.5, found \"0\""},
           Mistaken{"points 5 each 6 *",
                    "points: expected behind `each` what one mistake costs, at most 5 points"},
           Mistaken{"points 5 each",
                    "points: expected behind `each` what one mistake costs, at most 5 points"},
           Mistaken{
               "points 5 server",
               "points: expected for which scenarios: chapters, names, tags or requirements; * "
               "for all that are left"},
           Mistaken{"points 5 client *",
                    "points for the client, which is not graded: expected `client` among the "
                    "`roles`"},
           Mistaken{"points \" \"", "points: expected more than blanks"},
           Mistaken{"roles \"\"", "roles: expected more than blanks"},
           Mistaken{"deviates \"\"", "deviates: expected more than blanks"},
       })
    EXPECT_EQ(mistakes_in("points 1 *\n" + text), "a.txt:2: " + message) << text;
  EXPECT_EQ(mistakes_in("title x\n"),
            "a.txt: no `points` say what is earned by what; `points 100 *` gives all alike");
}

}  // namespace
}  // namespace chatspec
