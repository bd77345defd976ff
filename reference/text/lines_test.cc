#include "reference/text/lines.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace chat {
namespace {

using Lines = std::vector<std::string>;

Lines all_lines(std::string_view text) {
  Lines lines;
  while (!text.empty()) lines.emplace_back(take_line(text));
  return lines;
}

TEST(ByteOrderMark, IsPassedOverAtTheBeginningOnce) {
  const auto rest_of = [](std::string_view text) {
    pass_byte_order_mark(text);
    return std::string(text);
  };
  EXPECT_EQ(rest_of("\xef\xbb\xbf"
                    "a"),
            "a");
  EXPECT_EQ(rest_of("\xef\xbb\xbf\xef\xbb\xbf"), "\xef\xbb\xbf");
  EXPECT_EQ(rest_of("a\xef\xbb\xbf"), "a\xef\xbb\xbf");
  EXPECT_EQ(rest_of("\xef\xbb"), "\xef\xbb");
}

TEST(TakeLine, GivesEachLineWithoutItsLineEnd) {
  EXPECT_EQ(all_lines(""), Lines());
  EXPECT_EQ(all_lines("a"), Lines({"a"}));
  EXPECT_EQ(all_lines("a\nb\n"), Lines({"a", "b"}));
  EXPECT_EQ(all_lines("a\r\n\nb\r"), Lines({"a", "", "b"}));
  EXPECT_EQ(all_lines("a\rb\n\n"), Lines({"a\rb", ""}));
}

TEST(TakeLine, GivesEachLineWithItsLineEndToo) {
  std::string_view rest = "a\r\n\nb";
  EXPECT_EQ(take_whole_line(rest), "a\r\n");
  EXPECT_EQ(take_whole_line(rest), "\n");
  EXPECT_EQ(take_whole_line(rest), "b");
  EXPECT_EQ(rest, "");
}

TEST(Lines, AreTakenApartIntoWords) {
  std::string_view rest = "\t a  b-c\td \r";
  EXPECT_EQ(take_word(rest), "a");
  EXPECT_EQ(take_word(rest), "b-c");
  EXPECT_EQ(rest, "\td \r");
  EXPECT_EQ(take_word(rest), "d");
  EXPECT_EQ(take_word(rest), "");
  EXPECT_EQ(take_word(rest), "");
}

}  // namespace
}  // namespace chat
