#include "harness/suite/case.h"

#include <gtest/gtest.h>

#include "harness/suite/tests/memory_suite.h"

namespace chatspec {
namespace {

using Words = std::vector<std::string>;

const std::string kTranscript = "\nC: HELLO\nS: 260 OK\n";

TEST(Cases, AreOneForAScenarioOrOneForEachRow) {
  MemorySuite suite;
  suite.add("a/plain", "scenario t\ncovers HELLO-2\nrole server\n" + kTranscript)
      .add("a/rows",
           "scenario <n>\ncovers HELLO-2\nrole server\ntable\n|n|\n|x|\n|y|\n" + kTranscript);
  const std::vector<Case> cases = suite.cases();
  ASSERT_EQ(cases.size(), 3U);
  EXPECT_EQ(cases[0].id, "a/plain");
  EXPECT_EQ(cases[0].line, 1U);
  EXPECT_EQ(cases[1].id, "a/rows[x]");
  EXPECT_EQ(cases[1].line, 6U) << "of its row";
  EXPECT_EQ(cases[1].title(), "x");
  EXPECT_EQ(cases[2].id, "a/rows[y]");
  EXPECT_EQ(cases[2].file, &suite.suite().files[1]);
  EXPECT_EQ(cases[2].scenario.find<Table>(), nullptr);
  EXPECT_EQ(point_to(cases), (std::vector<const Case*>{&cases[0], &cases[1], &cases[2]}));
}

TEST(Cases, SayWhyTheyExistInOneLine) {
  MemorySuite suite;
  suite.add("a/b", "# Why it\n#\n# exists.\n\nscenario t\ncovers HELLO-2\nrole server\n# more\n" +
                       kTranscript);
  EXPECT_EQ(suite.cases().front().description(), "Why it exists.");
}

TEST(Cases, HaveTheLevelOfTheStrongestRequirementOrTheirOwn) {
  const auto level = [](const std::string& head, std::optional<Role> role = std::nullopt) {
    MemorySuite suite;
    suite.add("a/b", "scenario t\n" + head + kTranscript);
    return suite.cases().front().level(role);
  };
  EXPECT_EQ(level("covers HELLO-2 SIG-3\nrole server\n"), chat::Level::kMust);
  EXPECT_EQ(level("covers SIG-3\nrole server\n"), chat::Level::kShould);
  EXPECT_EQ(level("covers HELLO-2\nrole server\nlevel should\n"), chat::Level::kShould);
  // SIG-3 binds servers, HELLO-1 clients
  const std::string both = "covers HELLO-1 SIG-3\nrole both\n";
  EXPECT_EQ(level(both), chat::Level::kMust);
  EXPECT_EQ(level(both, Role::kServer), chat::Level::kShould);
  EXPECT_EQ(level(both, Role::kClient), chat::Level::kMust);
}

TEST(Cases, CoverForARoleWhatBindsIt) {
  MemorySuite suite;
  suite.add("a/b", "scenario t\ncovers HELLO-1 SIG-3\nrole both\nneeds x/y x/z\n" + kTranscript);
  const Case one = suite.cases().front();
  EXPECT_EQ(one.requirements(), (Words{"HELLO-1", "SIG-3"}));
  EXPECT_EQ(one.requirements(Role::kServer), Words{"SIG-3"});
  EXPECT_EQ(one.requirements(Role::kClient), Words{"HELLO-1"});
  EXPECT_EQ(one.needs(), (Words{"x/y", "x/z"}));
  EXPECT_TRUE(one.has_role(Role::kServer) && one.has_role(Role::kClient));
}

TEST(Cases, ApplyToTheProfilesTheyNameAndMeanTheSameIn) {
  const auto profiles = [](const std::string& head, const std::string& transcript) {
    MemorySuite suite;
    suite.add("a/b", "scenario t\ncovers STATE-1\nrole server\n" + head + transcript);
    const Case one = suite.cases().front();
    Words names;
    for (const chat::Profile& profile : chat::builtin_profiles()) {
      if (one.applies_to(profile)) names.emplace_back(profile.name);
    }
    return names;
  };
  EXPECT_EQ(profiles("", kTranscript), (Words{"line", "crlf", "bare"}));
  EXPECT_EQ(profiles("profile line-ends\n", kTranscript), (Words{"line", "crlf"}));
  EXPECT_EQ(profiles("profile crlf bare\n", kTranscript), (Words{"crlf", "bare"}));
  EXPECT_EQ(profiles("profile dot-stuffing\n", kTranscript), Words{});
}

}  // namespace
}  // namespace chatspec
