#include "reference/escape.h"

#include <gtest/gtest.h>

namespace chat {
namespace {

std::string escaped(std::string_view line, std::string_view profile = "line") {
  std::string out;
  escape_text_line(*find_profile(profile), line, out);
  return out;
}

std::string unescaped(std::string_view line, std::string_view profile = "line") {
  std::string out;
  unescape_line(*find_profile(profile), line, out);
  return out;
}

TEST(EscapeTest, EveryDotAndBackslashIsEscaped) {
  EXPECT_EQ(escaped(""), "");
  EXPECT_EQ(escaped("plain"), "plain");
  EXPECT_EQ(escaped("."), R"(\.)");
  EXPECT_EQ(escaped(R"(a.b\c)"), R"(a\.b\\c)");
  EXPECT_EQ(escaped(R"(\.)"), R"(\\\.)");
}

TEST(EscapeTest, UnescapingGoesOnceFromLeftToRight) {
  EXPECT_EQ(unescaped(R"(\.)"), ".");
  EXPECT_EQ(unescaped(R"(\\.)"), R"(\.)");
  EXPECT_EQ(unescaped(R"(\\\.)"), R"(\.)");
  EXPECT_EQ(unescaped(R"(\\\\)"), R"(\\)");
  EXPECT_EQ(unescaped("."), ".");
}

TEST(EscapeTest, ABackslashBeforeAnythingElseOrAtTheEndStandsForItself) {
  EXPECT_EQ(unescaped(R"(\n\t)"), R"(\n\t)");
  EXPECT_EQ(unescaped(R"(a\)"), R"(a\)");
}

TEST(EscapeTest, BareNeitherEscapesNorUnescapes) {
  EXPECT_EQ(escaped(R"(a.b\c)", "bare"), R"(a.b\c)");
  EXPECT_EQ(unescaped(R"(a\.b\\c)", "bare"), R"(a\.b\\c)");
}

// Also where the escape character does not escape itself (PROTOCOL.md, "A profile of one's own").
TEST(EscapeTest, UnescapingIsTheInverseOfEscapingForAllShortLines) {
  Profile dots_only = *find_profile("line");
  dots_only.escaped = ".";
  constexpr std::string_view kLetters = "a.\\";
  for (const Profile& profile : {*find_profile("line"), dots_only}) {
    for (int number = 0; number < 729; ++number) {
      std::string line;
      for (int rest = number; rest > 0; rest /= 3)
        line += kLetters[static_cast<std::size_t>(rest % 3)];
      std::string sent;
      std::string text;
      escape_text_line(profile, line, sent);
      unescape_line(profile, sent, text);
      ASSERT_EQ(text, line) << sent;
      ASSERT_NE(sent, ".");
    }
  }
}

}  // namespace
}  // namespace chat
