#include "harness/language_server/text.h"

#include <gtest/gtest.h>

namespace chatspec::language_server {
namespace {

TEST(Text, CountsInWhatTheClientCounts) {
  const Text text("a\nü😀b\n");
  EXPECT_EQ(text.offset_of({1, 3}, Encoding::kUtf16), 8U);
  EXPECT_EQ(text.offset_of({1, 6}, Encoding::kUtf8), 8U);
  EXPECT_EQ(text.position_of(8, Encoding::kUtf16), (Position{1, 3}));
  EXPECT_EQ(text.position_of(8, Encoding::kUtf8), (Position{1, 6}));
}

TEST(Text, TakesAPlaceWithinACharacterForItsBegin) {
  const Text text("😀b");
  EXPECT_EQ(text.offset_of({0, 1}, Encoding::kUtf16), 0U);
  EXPECT_EQ(text.offset_of({0, 3}, Encoding::kUtf8), 0U);
}

TEST(Text, TakesAPlaceBehindALineOrTheTextForItsEnd) {
  const Text text("ab\r\ncd");
  EXPECT_EQ(text.offset_of({0, 9}, Encoding::kUtf16), 2U);
  EXPECT_EQ(text.offset_of({1, 9}, Encoding::kUtf16), 6U);
  EXPECT_EQ(text.offset_of({7, 0}, Encoding::kUtf16), 6U);
}

// A client ends lines with a CR, too (LSP 3.17, "Text Documents"); the language does not.
TEST(Text, KeepsTheLinesOfTheClientAndOfTheLanguageApart) {
  const Text text("a\rb\r\nc\n");
  EXPECT_EQ(text.position_of(2, Encoding::kUtf16), (Position{1, 0}));
  EXPECT_EQ(text.position_of(5, Encoding::kUtf16), (Position{2, 0}));
  EXPECT_EQ(text.stretch_of({1, 3}, 1), (Stretch{2, 3}));
  EXPECT_EQ(text.stretch_of({2, 1}, 1), (Stretch{5, 6}));
  EXPECT_EQ(text.line_at(2), (Stretch{0, 3}));
}

TEST(Text, KeepsAStretchWithinItsLine) {
  const Text text("abc\ndef");
  EXPECT_EQ(text.stretch_of({1, 2}, 100), (Stretch{1, 3}));
  EXPECT_EQ(text.stretch_of({1, 100}, 1), (Stretch{3, 3}));
  EXPECT_EQ(text.stretch_of({9, 1}, 1), (Stretch{4, 5}));
}

TEST(Text, MakesAStretchOfWholeCharactersWithoutALineEnd) {
  const Text text("aü\r\nb");
  EXPECT_EQ(text.stretch_of({1, 2}, 1), (Stretch{1, 3}));
  EXPECT_EQ(text.stretch_of({1, 3}, 100), (Stretch{1, 3}));
  EXPECT_EQ(text.stretch_of({1, 4}, 100), (Stretch{3, 3}));
}

TEST(Text, CountsBytesThatAreNoUtf8AsCharacters) {
  const Text text("\xff\xffz");
  EXPECT_EQ(text.position_of(text.offset_of({0, 9}, Encoding::kUtf16), Encoding::kUtf16).line, 0U);
  EXPECT_EQ(text.position_of(2, Encoding::kUtf8), (Position{0, 2}));
}

TEST(Text, FindsItsLinesAnewAfterAChange) {
  Text text("a\nb\n");
  text.replace({1, 3}, "\n\nc");
  EXPECT_EQ(text.bytes(), "a\n\nc\n");
  EXPECT_EQ(text.position_of(3, Encoding::kUtf16), (Position{2, 0}));
}

}  // namespace
}  // namespace chatspec::language_server
