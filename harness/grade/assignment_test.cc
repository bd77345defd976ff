#include "harness/grade/assignment.h"

#include <gtest/gtest.h>

#include "harness/grade/setting_values.h"

namespace chatspec {
namespace {

constexpr std::string_view kWholeAssignment = R"(
# What follows has one of everything.
title        "Exercise 3: \"signatures\""
profile      profiles/ours.profile
scenarios    core signature/*
exclude      slow                    # takes long
isolation    isolated
time-limit   2h
build-deadline 90s
memory       512M

language python
  when    server.py
  server  python3 server.py {port} {keys}
language java
  when    *.java Server.java
  build   javac *.java
  server  java Server {port} {keys}
  client  java Client {host} {port} {messages} {signatures}

points   30            handshake quit
points   40.5 each 10  signature SIG-1
points   20 server     core
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

const std::string kSmall = "language c\nwhen a.c\nserver ./a {port} {keys}\npoints 1 *\n";

TEST(Assignment, IsReadAsItIsWritten) {
  const Assignment all = parsed(kWholeAssignment);
  EXPECT_EQ(all.title, "Exercise 3: \"signatures\"");
  EXPECT_EQ(all.profile, "/course/profiles/ours.profile");
  EXPECT_EQ(all.scenarios, (std::vector<std::string>{"core", "signature/*"}));
  EXPECT_EQ(all.exclude, std::vector<std::string>{"slow"});
  EXPECT_EQ(all.isolation, "isolated");
  EXPECT_EQ(all.time_limit, std::chrono::hours(2));
  EXPECT_EQ(all.build_deadline, std::chrono::seconds(90));
  EXPECT_EQ(all.memory_bytes, 512U << 20U);
  EXPECT_EQ(all.reckoning, Reckoning::kCases);
  EXPECT_EQ(all.deviates_percent, 50);
  EXPECT_EQ(all.flaky, FlakyPolicy::kPass);
}

TEST(Assignment, HasItsLanguagesInTheirOrder) {
  const Assignment all = parsed(kWholeAssignment);
  ASSERT_EQ(all.ways.size(), 2U);
  EXPECT_EQ(all.ways[0].name, "python");
  EXPECT_EQ(all.ways[0].when, std::vector<std::string>{"server.py"});
  EXPECT_EQ(all.ways[0].server, "python3 server.py {port} {keys}");
  EXPECT_EQ(all.ways[0].client, "");
  EXPECT_EQ(all.ways[1].when, (std::vector<std::string>{"*.java", "Server.java"}));
  EXPECT_EQ(all.ways[1].build, "javac *.java");
  EXPECT_EQ(all.ways[1].client, "java Client {host} {port} {messages} {signatures}");
  EXPECT_TRUE(all.plays(Role::kClient));
}

TEST(Assignment, HasPointsInTheirOrder) {
  const Assignment all = parsed(kWholeAssignment);
  ASSERT_EQ(all.parts.size(), 3U);
  EXPECT_EQ(all.parts[0].title, "handshake quit");
  EXPECT_FALSE(all.parts[0].each);
  EXPECT_EQ(all.parts[1].points.to_string(), "40.5");
  EXPECT_EQ(all.parts[1].each->to_string(), "10");
  EXPECT_EQ(all.parts[2].role, Role::kServer);
  EXPECT_EQ(all.total().to_string(), "90.5");
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

TEST(CaseWords, MeanNamesTagsAndRequirements) {
  const CaseRecord played = case_of("bytes/each[nul]", {"core"}, {"BYTE-1", "SIG-10"});
  for (const char* word : {"bytes", "bytes/each", "bytes/each[nul]", "bytes/*", "*", "by*", "core",
                           "BYTE-1", "BYTE", "SIG-10"})
    EXPECT_TRUE((CaseWords{{"nosuch", word}}.fits(played))) << word;
  for (const char* word : {"byte", "each", "bytes/", "bytes/each[", "cor", "SIG-1", "byte-1", ""})
    EXPECT_FALSE((CaseWords{{word}}.fits(played))) << word;
}

TEST(Assignment, TellsAllMistakesWithTheirLines) {
  EXPECT_EQ(mistakes_in("langage c\ntitle\n" + kSmall + "deviates 120%\nserver x\n"),
            "a.txt:1: unknown setting \"langage\"; did you mean \"language\"?; known are title, "
            "profile, scenarios, exclude, isolation, time-limit, build-deadline, memory, counts, "
            "deviates, flaky, points, hidden, language, when, build, server, client\n"
            "a.txt:2: title: expected a value behind the setting's name\n"
            "a.txt:7: deviates: expected a share from 0% to 100%, found \"120%\"\n"
            "a.txt:8: server is set twice, first in line 5");
}

struct Mistaken {
  std::string text;
  std::string message;
};

TEST(Assignment, SaysWhatWasExpectedInstead) {
  for (const auto& [text, message] : {
           Mistaken{kSmall + "counts mistake",
                    "a.txt:5: counts: expected mistakes or cases, found "
                    "\"mistake\"; did you mean \"mistakes\"?"},
           Mistaken{kSmall + "points x *",
                    "a.txt:5: points: expected how many points, such as 20 or 7.5, found \"x\""},
           Mistaken{kSmall + "points 0 *",
                    "a.txt:5: points: expected how many points, such as 20 or 7.5, found \"0\""},
           Mistaken{kSmall + "points 5 each 6 *",
                    "a.txt:5: points: expected behind `each` what one mistake costs, at most 5 "
                    "points"},
           Mistaken{kSmall + "points 5 each",
                    "a.txt:5: points: expected behind `each` what one mistake costs, at most 5 "
                    "points"},
           Mistaken{kSmall + "points 5 server",
                    "a.txt:5: points: expected for which scenarios: chapters, names, tags or "
                    "requirements; * for all that are left"},
           Mistaken{
               kSmall + "points 5 client *",
               "a.txt:5: points for the client, which no language starts: expected `client` in "
               "one of them"},
           Mistaken{kSmall + "hidden until 2026-12-01",
                    "a.txt:5: hidden: expected which scenarios are hidden, before `until`"},
           Mistaken{kSmall + "hidden * until tomorrow",
                    "a.txt:5: hidden: expected a time in UTC, such as 2026-12-01 or 2026-12-01 "
                    "18:00, found \"tomorrow\""},
           Mistaken{"server x\n",
                    "a.txt:1: server belongs to a language: expected `language NAME` before it"},
           Mistaken{
               "points 1 *\nlanguage c\n",
               "a.txt:2: language c: expected `when`, the names of files by which a submission "
               "is known to be in it\n"
               "a.txt:2: language c: expected `server` or `client`, the command line that "
               "starts it"},
           Mistaken{"title x\n", "a.txt: no `language NAME` says how programs are started"},
           Mistaken{
               "language c\nwhen a\nserver b\n",
               "a.txt: no `points` say what is earned by what; `points 100 *` gives all alike"},
       })
    EXPECT_EQ(mistakes_in(text), message) << text;
}

TEST(SettingValues, AreWithinTheirBounds) {
  EXPECT_EQ(parse_duration("604800s"), std::chrono::seconds(604800));
  for (const char* text : {"", "0s", "10", "604801s", "169h", "-1s", "1.5h", "s", "1000000000s"})
    EXPECT_FALSE(parse_duration(text)) << text;
  EXPECT_EQ(parse_memory("16M"), std::uint64_t{16} << 20U);
  for (const char* text : {"", "15M", "1025G", "512", "512K", "1 G", "G"})
    EXPECT_FALSE(parse_memory(text)) << text;
  EXPECT_EQ(parse_percent("0%"), 0);
  EXPECT_EQ(parse_percent("100%"), 100);
  for (const char* text : {"", "%", "50", "101%", "-1%", "1.5%"})
    EXPECT_FALSE(parse_percent(text)) << text;
}

TEST(SettingValues, AreTimesThatThereAre) {
  EXPECT_EQ(parse_time("1970-01-02"), std::chrono::sys_days(std::chrono::days(1)));
  EXPECT_EQ(parse_time("1970-01-01 23:59"), std::chrono::sys_seconds(std::chrono::minutes(1439)));
  EXPECT_TRUE(parse_time("2028-02-29"));
  for (const char* text :
       {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026/01/01", "2026-01-01 24:00",
        "2026-01-01 1:00", "2026-01-01T10:00", "2026-01-01 10:60", "x026-01-01"})
    EXPECT_FALSE(parse_time(text)) << text;
}

}  // namespace
}  // namespace chatspec
