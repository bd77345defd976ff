#include "harness/scenario/pattern.h"

#include <functional>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(Pattern, LetsAnythingStandWhereTheStarIs) {
  struct Row {
    std::string pattern;
    std::string text;
    bool fits;
  };
  for (const Row& row : {
           Row{"", "", true},
           Row{"", "a", false},
           Row{"*", "", true},
           Row{"*", "anything", true},
           Row{"260 *", "260 ", true},
           Row{"260 *", "260 Okay", true},
           Row{"260 *", "260", false},
           Row{"*keys*", "no such file: keys.txt", true},
           Row{"*keys*", "no such file", false},
           Row{"ab*ba", "aba", false},
           Row{"ab*ba", "abba", true},
           Row{"a*b*c", "a-b-b-c", true},
           Row{"a*b*c", "a-c-b", false},
           Row{"a**b", "ab", true},
           Row{"*a*a*", "a", false},
       }) {
    EXPECT_EQ(fits(split_at_stars(row.pattern), row.text), row.fits)
        << row.pattern << " and " << row.text;
  }
}

// Held against the definition, in all short texts of two letters.
TEST(Pattern, FitsWhereSomeWayOfFillingTheStarsDoes) {
  const std::function<bool(std::string_view, std::string_view)> by_definition =
      [&](std::string_view pattern, std::string_view text) {
        if (pattern.empty()) return text.empty();
        if (pattern.front() != '*') {
          return !text.empty() && text.front() == pattern.front() &&
                 by_definition(pattern.substr(1), text.substr(1));
        }
        return by_definition(pattern.substr(1), text) ||
               (!text.empty() && by_definition(pattern, text.substr(1)));
      };
  const auto words = [](std::string_view letters, std::size_t longest) {
    std::vector<std::string> all{""};
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].size() == longest) break;
      const std::string begin = all[i];
      for (const char letter : letters) all.push_back(begin + letter);
    }
    return all;
  };
  for (const std::string& pattern : words("ab*", 5)) {
    for (const std::string& text : words("ab", 5)) {
      ASSERT_EQ(fits(split_at_stars(pattern), text), by_definition(pattern, text))
          << pattern << " and " << text;
    }
  }
}

TEST(Pattern, WithoutPartsFitsNothing) {
  EXPECT_FALSE(fits({}, ""));
}

}  // namespace
}  // namespace chatspec
