#include "harness/scenario/cursor.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

// A cursor over a text at line 3, column 5, and what it told.
struct Reading {
  explicit Reading(std::string_view text) : cursor(text, 3, 5, told) {}

  std::string first_told() const {
    if (told.entries().empty()) return "";
    const Diagnostic& first = told.entries().front();
    return std::to_string(first.place.column) + "+" + std::to_string(first.length) + " " +
           std::string(entry_of(first.code).word);
  }

  Diagnostics told;
  Cursor cursor;
};

TEST(Cursor, TakesWordsBlanksAndTheRest) {
  Reading reading("  one\ttwo,three four  \r");
  Cursor& cursor = reading.cursor;
  cursor.skip_blanks();
  EXPECT_EQ(cursor.place(), (Place{3, 7}));
  EXPECT_FALSE(cursor.take_keyword("on")) << "only a whole word";
  EXPECT_TRUE(cursor.take_keyword("one"));
  EXPECT_EQ(cursor.take_word(","), "two");
  EXPECT_TRUE(cursor.take(","));
  EXPECT_EQ(cursor.take_rest(), "three four");
  EXPECT_TRUE(cursor.at_end());
  EXPECT_EQ(cursor.peek(), '\0');
  EXPECT_TRUE(cursor.expect_end());
}

TEST(Cursor, TakesStringsWithTheirEscapes) {
  Reading reading("\"a\\n\\x41\\\"\" \"\"");
  EXPECT_EQ(reading.cursor.take_string(), "a\nA\"");
  reading.cursor.skip_blanks();
  EXPECT_EQ(reading.cursor.take_string(), "");
  EXPECT_EQ(reading.first_told(), "");
}

TEST(Cursor, TellsWhereAStringIsWrong) {
  for (const auto& [text, told] : {
           std::pair("\"abc", "5+4 unclosed"),
           std::pair("\"abc\\\"", "5+6 unclosed"),
           std::pair("\"abc\\", "5+5 unclosed"),
           std::pair("abc", "5+3 missing-value"),
           std::pair("\"a\\qb\"", "7+2 bad-escape"),
           std::pair("\"a\\x4\"", "7+2 bad-escape"),
       }) {
    Reading reading(text);
    EXPECT_FALSE(reading.cursor.take_string());
    EXPECT_EQ(reading.first_told(), told) << text;
  }
}

TEST(Cursor, TakesPatternsWhoseStarsAreTextWhereTheyAreEscaped) {
  Reading reading("\"a*\\x2a\\n*\"");
  const auto pattern = reading.cursor.take_pattern();
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->parts, (std::vector<std::string>{"a", "*\n", ""}));
  Reading wrong("\"ab*c\\q\"");
  EXPECT_FALSE(wrong.cursor.take_pattern());
  EXPECT_EQ(wrong.first_told(), "10+2 bad-escape");
}

TEST(Cursor, TakesNumbersUpToALimit) {
  EXPECT_EQ(Reading("100>").cursor.take_number(100), 100U);
  EXPECT_EQ(Reading("007 8").cursor.take_number(9), 7U);
  for (const auto& [text, told] : {
           std::pair("101", "5+3 too-large"),
           std::pair("99999999999999999999999", "5+23 too-large"),
           std::pair("-1", "5+2 bad-number"),
           std::pair("1x", "5+2 bad-number"),
           std::pair("", "5+1 missing-value"),
           std::pair(">", "5+1 missing-value"),
       }) {
    Reading reading(text);
    EXPECT_FALSE(reading.cursor.take_number(100)) << text;
    EXPECT_TRUE(reading.first_told().ends_with(std::string_view(told).substr(3)))
        << text << " " << reading.first_told();
  }
}

TEST(Cursor, OverAPartKnowsWhereItStandsInTheLine) {
  Reading reading("abc | def");
  Cursor part = reading.cursor.part(4);
  EXPECT_EQ(part.take_rest(), "abc");
  EXPECT_EQ(reading.cursor.place(), (Place{3, 9}));
  EXPECT_TRUE(reading.cursor.take("|"));
  reading.cursor.skip_blanks();
  EXPECT_FALSE(reading.cursor.expect_end());
  EXPECT_EQ(reading.first_told(), "11+3 unexpected-text");
}

TEST(Cursor, TellsOfTheFirstControlCharacterOfWhatIsShown) {
  Reading reading("ab\x1b[0m\x07");
  EXPECT_EQ(reading.cursor.take_readable_rest(), "ab\x1b[0m\x07");
  EXPECT_EQ(reading.first_told(), "7+1 control-character");
}

TEST(Bars, AreFoundOutsideOfStringsOnly) {
  EXPECT_EQ(length_before_bar("a|b", Bar::kAny), 1U);
  EXPECT_EQ(length_before_bar("a|b |", Bar::kBehindBlank), 4U);
  EXPECT_EQ(length_before_bar("|", Bar::kBehindBlank), 0U);
  EXPECT_EQ(length_before_bar("\"a|\\\" |\" |", Bar::kAny), 9U);
  EXPECT_EQ(length_before_bar("no bar", Bar::kAny), 6U);
  EXPECT_EQ(length_before_bar("\"open | ", Bar::kAny), 8U);
}

}  // namespace
}  // namespace chatspec
