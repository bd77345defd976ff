#include "harness/scenario/text_lines.h"

#include <gtest/gtest.h>

#include "harness/scenario/item_kind.h"
#include "harness/scenario/parser.h"

namespace chatspec {
namespace {

// For each line of a transcript, `+` where it belongs to a text.
std::string texts_in(std::string_view transcript) {
  const Parsed parsed = parse_scenario(transcript);
  EXPECT_FALSE(parsed.diagnostics.has_errors()) << transcript;
  TextLines lines;
  std::string out;
  for (const TranscriptLine* line : parsed.scenario.all<TranscriptLine>())
    out += lines.take(*line) ? '+' : '-';
  return out;
}

TEST(TextLines, GoFromDataToTheTerminator) {
  EXPECT_EQ(texts_in("C: HELLO\nC: DATA\nC: a\nC: .\nC: PASS\n"), "--++-");
  EXPECT_EQ(texts_in("C: DATA\nC: .\nC: DATA\nC: <message 1>\nC: .\nC: a\n"), "-+-++-");
  EXPECT_EQ(texts_in("C: DATA\nC: raw \".\\n\"\nC: a\n"), "-++") << "raw bytes are not looked into";
  EXPECT_EQ(texts_in("C: data\nC: a\n"), "--");
  EXPECT_EQ(texts_in("C: \"DATA\" * 2\nC: a\n"), "--");
}

TEST(TextLines, AreTheClientsBytesOnly) {
  EXPECT_EQ(texts_in("C: DATA\nS: <silence>\nC: a\nS: 270 SIG\nC: <close>\n"), "--+--");
}

TEST(TextLines, AreOfEachConnectionByItself) {
  EXPECT_EQ(texts_in("C: DATA\nC2: a\nC2: DATA\nC: b\nC: .\nC2: c\nC: d\n"), "---+++-");
}

TEST(ItemKinds, AreOfOneSortEach) {
  for (int i = 0; i <= static_cast<int>(ItemKind::kColumn); ++i) {
    const auto kind = static_cast<ItemKind>(i);
    EXPECT_LE(is_bytes(kind) + is_ending(kind) + is_only_checked(kind), 1) << i;
    EXPECT_TRUE(!is_pattern(kind) || is_bytes(kind)) << i;
    EXPECT_TRUE(!is_about_program(kind) || is_only_checked(kind)) << i;
  }
}

}  // namespace
}  // namespace chatspec
