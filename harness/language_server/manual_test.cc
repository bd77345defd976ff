#include "harness/language_server/manual.h"

#include <gtest/gtest.h>

#include "harness/scenario/vocabulary.h"

namespace chatspec::language_server {
namespace {

bool explains(std::string_view section, std::string_view word) {
  return !find_in_manual(section, word).empty();
}

TEST(Manual, ExplainsEveryWordOfTheLanguage) {
  for (const DirectiveWord& one : kDirectives)
    EXPECT_TRUE(explains("Directives", one.word)) << one.word;
  for (const TagWord& one : kTags)
    EXPECT_TRUE(explains("Transcript", "<" + std::string(one.word))) << one.word;
  for (const std::string_view word : {"raw", "like"}) EXPECT_TRUE(explains("Transcript", word));
  for (const std::string_view word : kModifiers) {
    EXPECT_TRUE(explains(word == "deviates" ? "Alternatives" : "Delivery", word)) << word;
  }
  for (const std::string_view word : {"or", "then"}) EXPECT_TRUE(explains("Alternatives", word));
  for (const std::string_view word : {"<random", "<column>"})
    EXPECT_TRUE(explains("Values", word)) << word;
  for (const SignatureFormWord& one : kSignatureForms)
    EXPECT_TRUE(explains("Forms of a signature", one.word)) << one.word;
}

TEST(Manual, ReadsTablesWithTheirHeadings) {
  const auto entries = parse_manual(
      "# Top\n\n| `nothing` |\n|---|\n\n## One\n| word | means |\n|---|---|\n"
      "| `a B`, `c` | see [there](#x) and `d` |\n| no code | x |\n| `e \\| f` | g |\n"
      "| `unclosed | h |\n| cut off\n");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].section, "One");
  EXPECT_EQ(entries[0].forms, (std::vector<std::string>{"a B", "c"}));
  EXPECT_EQ(entries[0].meaning, "see there and `d`");
  EXPECT_EQ(entries[1].forms, std::vector<std::string>{"e | f"});
}

}  // namespace
}  // namespace chatspec::language_server
