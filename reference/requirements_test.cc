#include "reference/requirements.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reference/protocol_text.h"

namespace chat {
namespace {

TEST(RequirementsTest, TheDocumentIsWellFormed) {
  const auto parsed = parse_requirements(protocol_text(), "PROTOCOL.md");
  ASSERT_TRUE(parsed.has_value()) << parsed.error().to_string();
  EXPECT_EQ(parsed->size(), requirements().size());
}

TEST(RequirementsTest, EveryParagraphThatNamesALevelIsARequirement) {
  std::size_t count = 0;
  for (const std::string_view level : {" (must; ", " (should; ", " (may; "}) {
    for (std::size_t at = protocol_text().find(level); at != std::string_view::npos;
         at = protocol_text().find(level, at + 1)) {
      ++count;
    }
  }
  EXPECT_EQ(requirements().size(), count);
  EXPECT_GT(count, 40U);
}

TEST(RequirementsTest, EachFamilyIsNumberedFromOneWithoutAGap) {
  std::map<std::string, int> numbers;
  for (const Requirement& requirement : requirements()) {
    const std::size_t dash = requirement.id.find('-');
    const int expected = ++numbers[requirement.id.substr(0, dash)];
    EXPECT_EQ(requirement.id.substr(dash + 1), std::to_string(expected)) << requirement.id;
  }
}

TEST(RequirementsTest, ARequirementHasAllThatItsParagraphSays) {
  const Requirement* hello = find_requirement("HELLO-1");
  ASSERT_NE(hello, nullptr);
  EXPECT_EQ(hello->level, Level::kMust);
  EXPECT_FALSE(hello->binds.server);
  EXPECT_TRUE(hello->binds.client);
  EXPECT_EQ(hello->chapter, "Opening");
  EXPECT_EQ(hello->text, "The client speaks first. Its first unit is `HELLO`.");

  const Requirement* state = find_requirement("STATE-6");
  ASSERT_NE(state, nullptr);
  EXPECT_EQ(to_string(state->level), "should");
  EXPECT_TRUE(state->binds.server);
  EXPECT_TRUE(state->binds.client);

  EXPECT_EQ(find_requirement("HELLO-99"), nullptr);
}

TEST(RequirementsTest, MalformedParagraphsAreErrorsAtTheirLine) {
  constexpr std::string_view kForm = "; expected **ID** (level; roles) text";
  struct Row {
    std::string_view paragraph;
    std::string_view what;
  };
  constexpr Row kRows[] = {
      {"*A-1* (must; client) Text.", "no id"},
      {"**A-1**(must; client) Text.", "no id"},
      {"**A1** (must; client) Text.", "no id"},
      {"**a-1** (must; client) Text.", "no id"},
      {"**A-1** must; client: Text.", "no id"},
      {"**A-1** (shall; client) Text.", "no level (must, should, may)"},
      {"**A-1** (must, client) Text.", "no level (must, should, may)"},
      {"**A-1** (must; clients) Text.", "no roles (server; client; server, client)"},
      {"**A-1** (must; client, server) Text.", "no roles (server; client; server, client)"},
      {"**A-1** (must; client) ", "no text"},
  };
  for (const Row& row : kRows) {
    const auto parsed = parse_requirements("## Title\n\n" + std::string(row.paragraph) + "\n", "d");
    ASSERT_FALSE(parsed.has_value()) << row.paragraph;
    EXPECT_EQ(parsed.error().to_string(), "d:3: " + std::string(row.what) + std::string(kForm));
  }
  const auto twice = parse_requirements("**A-1** (may; client) x\n\n**A-1** (may; client) y", "d");
  ASSERT_FALSE(twice.has_value());
  EXPECT_EQ(twice.error().to_string(), "d:3: A-1 is there twice");
}

}  // namespace
}  // namespace chat
