#include "harness/report/text/paragraph.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

using Lines = std::vector<std::string>;

TEST(Paragraph, BreaksAtBlanks) {
  EXPECT_EQ(wrap("", 10), Lines());
  EXPECT_EQ(wrap("one two", 10), Lines{"one two"});
  EXPECT_EQ(wrap("one two three", 10), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap("one two\nthree", 80), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap("one\n\ntwo", 80), (Lines{"one", "", "two"}));
}

TEST(Paragraph, LetsLongWordsAndDoubleBlanksBe) {
  EXPECT_EQ(wrap("a 0123456789abc b", 10), (Lines{"a", "0123456789abc", "b"}));
  EXPECT_EQ(wrap("a  b", 10), Lines{"a  b"});
}

TEST(Paragraph, CountsCharactersAndNotBytes) {
  EXPECT_EQ(wrap("ää öö", 5), Lines{"ää öö"});
  EXPECT_EQ(wrap("ää öö", 4), (Lines{"ää", "öö"}));
}

TEST(Paragraph, PutsFurtherLinesBelowTheFirstBehindALabel) {
  EXPECT_EQ(with_label("expected", ""), "");
  EXPECT_EQ(with_label("expected", "one\ntwo"), "    expected   one\n               two\n");
}

TEST(Paragraph, PutsFurtherLinesBelowTheFirstBehindAHead) {
  EXPECT_EQ(hang("note: ", "", 12), "");
  EXPECT_EQ(hang("note: ", "one two three", 13), "note: one two\n      three\n");
  EXPECT_EQ(hang("ää ", "one two", 6), "ää one\n   two\n");
  EXPECT_EQ(hang("a head that is wider ", "one two", 6),
            "a head that is wider one\n" + std::string(21, ' ') + "two\n");
}

TEST(Paragraph, CutsBetweenCharacters) {
  EXPECT_EQ(cut_text("abc", 3), "abc");
  EXPECT_EQ(cut_text("abcd", 3), "abc…");
  EXPECT_EQ(cut_text("ää", 3), "ä…");
  EXPECT_EQ(cut_text("\x80\x80", 1), "…");
}

}  // namespace
}  // namespace chatspec
