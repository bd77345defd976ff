#include "harness/grade/assignment.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

constexpr std::string_view kWholeAssignment = R"(
# What follows has one of everything.
title     "Exercise 3: \"signatures\""
roles     client server
profile   profiles/ours.profile
scenarios bytes signature/*
tag       core slow
exclude   slow                    # takes long
isolation isolated
retries   3
deadline  2s
time-limit   2h
build-deadline 90s

language python
  when    *.py server.py
  server  python3 server.py {port} {keys}
  client  python3 client.py {host} {port} {messages} {signatures}
language java
  when    Server.java
  build   javac *.java
  server  java Server {port} {keys}
  client  java Client {host} {port} {messages} {signatures}

points    30            handshake quit   # each is worth as much
points    40.5 each 10  signature SIG-1
points    20 server     core
counts    cases
deviates  50%
flaky     pass
hidden    state/* until 2026-12-01 18:00
hidden    bytes
)";

Assignment parsed(std::string_view text) {
  auto assignment = parse_assignment(text, "/course/a.txt");
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
  EXPECT_EQ(all.profile, "/course/profiles/ours.profile");
  EXPECT_EQ(all.scenarios, (std::vector<std::string>{"bytes", "signature/*"}));
  EXPECT_EQ(all.tags, (std::vector<std::string>{"core", "slow"}));
  EXPECT_EQ(all.exclude, std::vector<std::string>{"slow"});
  EXPECT_EQ(all.isolation, "isolated");
  EXPECT_EQ(all.retries, 3U);
  EXPECT_EQ(all.deadline, std::chrono::seconds(2));
  EXPECT_EQ(all.time_limit, std::chrono::hours(2));
  EXPECT_EQ(all.build_deadline, std::chrono::seconds(90));
  EXPECT_EQ(all.reckoning, Reckoning::kCases);
  EXPECT_EQ(all.deviates_percent, 50);
  EXPECT_EQ(all.flaky, FlakyPolicy::kPass);
}

TEST(Assignment, IsOfAServerWhereItDoesNotSay) {
  EXPECT_EQ(parsed("points 1 *\n").roles, std::vector<Role>{Role::kServer});
}

TEST(Assignment, HasItsLanguagesInTheirOrder) {
  const Assignment all = parsed(kWholeAssignment);
  ASSERT_EQ(all.recipes.size(), 2U);
  EXPECT_EQ(all.recipes[0].name, "python");
  EXPECT_EQ(all.recipes[0].when, (std::vector<std::string>{"*.py", "server.py"}));
  EXPECT_EQ(all.recipes[0].build, "");
  EXPECT_EQ(all.recipes[0].start(Role::kServer), "python3 server.py {port} {keys}");
  EXPECT_EQ(all.recipes[1].name, "java");
  EXPECT_EQ(all.recipes[1].build, "javac *.java");
  EXPECT_EQ(all.recipes[1].start(Role::kClient),
            "java Client {host} {port} {messages} {signatures}");
}

TEST(Assignment, IsPlayedInABuiltInProfileByItsName) {
  EXPECT_EQ(parsed("points 1 *\nprofile bare\n").profile, "bare");
  EXPECT_EQ(parsed("points 1 *\nprofile auto\n").profile, "auto");
}

TEST(Assignment, IsOfTheCoreWhereItDoesNotSay) {
  EXPECT_EQ(parsed("points 1 *\n").tags, std::vector<std::string>{"core"});
  EXPECT_TRUE(parsed("points 1 *\nscenarios bytes\n").tags.empty());
}

TEST(Assignment, HidesUntilATimeOrForEver) {
  const Assignment all = parsed(kWholeAssignment);
  const std::chrono::sys_seconds then =
      std::chrono::sys_days(std::chrono::year(2026) / 12 / 1) + std::chrono::hours(18);
  EXPECT_TRUE(all.hides(case_of("state/quit"), then - std::chrono::seconds(1)));
  EXPECT_FALSE(all.hides(case_of("state/quit"), then));
  EXPECT_TRUE(all.hides(case_of("bytes/each[nul]"), then + std::chrono::years(9)));
  EXPECT_FALSE(all.hides(case_of("signature/one"), then - std::chrono::seconds(1)));
}

TEST(Assignment, KeepsItsSettingsAsTheyWereWritten) {
  const auto assignment = parse_assignment(
      "title  Exercise 3   # of five\n\nlanguage c\n  when  *.c\n  server \"./server {port} "
      "{keys}\"\npoints   40 each 10  hello\n",
      "a.txt");
  ASSERT_TRUE(assignment);
  EXPECT_EQ(
      assignment->settings,
      (std::vector<std::string>{"title Exercise 3", "language c", "c: when *.c",
                                "c: server ./server {port} {keys}", "points 40 each 10  hello"}));
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
            "a.txt:1: unknown setting \"role\"; did you mean \"roles\"?\n"
            "a.txt:2: title: expected a value after the setting's name\n"
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
                    "points: expected after `each` what one mistake costs, at most 5 points"},
           Mistaken{"points 5 each",
                    "points: expected after `each` what one mistake costs, at most 5 points"},
           Mistaken{
               "points 5 server",
               "points: expected for which scenarios: chapters, names, tags or requirements; * "
               "for all that are left"},
           Mistaken{"points 5 client *",
                    "points for the client, which is not graded: expected `client` among the "
                    "`roles`"},
           Mistaken{"hidden until 2026-12-01",
                    "hidden: expected which scenarios are hidden, before `until`"},
           Mistaken{"hidden * until tomorrow",
                    "hidden: expected a time in UTC, such as 2026-12-01 or 2026-12-01 18:00, "
                    "found \"tomorrow\""},
           Mistaken{"isolation remote",
                    "isolation: expected sandbox or isolated or plain, found \"remote\""},
           Mistaken{"retries 10", "retries: expected a number from 0 to 9, found \"10\""},
           Mistaken{"server x", "server belongs to a language: expected `language NAME` before it"},
           Mistaken{"language c\nserver x",
                    "language c: expected `when`, the names of files by which a submission is "
                    "known to be in it"},
           Mistaken{"language c\nwhen a.c\nclient x",
                    "language c: expected `server`, the command line that starts it, since the "
                    "server is graded"},
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
