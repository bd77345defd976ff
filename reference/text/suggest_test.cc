#include "reference/text/suggest.h"

#include <array>

#include <gtest/gtest.h>

namespace chat {
namespace {

constexpr std::array<std::string_view, 4> kNames{"line-end", "escape", "escaped", "ok"};

TEST(SuggestTest, TheClosestNameIsSuggestedAndNoneThatIsFar) {
  struct Row {
    std::string_view word;
    std::string_view name;
  };
  constexpr Row kRows[] = {
      {"lineend", "line-end"},
      {"line-edn", "line-end"},
      {"escap", "escape"},
      {"escapedd", "escaped"},
      {"ko", "ok"},
      {"okk", "ok"},
      {"quit", ""},
      {"o", ""},  // a name of one letter would be near to any other
      {"", ""},
  };
  for (const Row& row : kRows) EXPECT_EQ(closest_name(row.word, kNames), row.name) << row.word;
}

TEST(SuggestTest, ASuggestionEndsAMessage) {
  EXPECT_EQ(did_you_mean("escpae", kNames), "; did you mean \"escape\"?");
  EXPECT_EQ(did_you_mean("something", kNames), "");
  EXPECT_EQ(did_you_mean(std::string(100000, 'x'), kNames), "");
}

}  // namespace
}  // namespace chat
