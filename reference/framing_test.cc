#include "reference/framing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Profile& line_profile() {
  return *find_profile("line");
}

TEST(FramingTest, LinesAreSeparatedByLfAndTheEmptyTextHasNone) {
  EXPECT_THAT(text_lines(""), IsEmpty());
  EXPECT_THAT(text_lines("a"), ElementsAre("a"));
  EXPECT_THAT(text_lines("a\n\nb"), ElementsAre("a", "", "b"));
  EXPECT_THAT(text_lines("\n"), ElementsAre("", ""));
}

TEST(FramingTest, UnitsEndAsTheProfileSays) {
  EXPECT_EQ(encode_unit(line_profile(), "260 OK"), "260 OK\n");
  EXPECT_EQ(encode_unit(*find_profile("crlf"), "260 OK"), "260 OK\r\n");
  EXPECT_EQ(encode_unit(*find_profile("bare"), "260 OK"), "260 OK");
}

TEST(FramingTest, TextIsEncodedAsTheProfileSays) {
  struct Row {
    std::string_view profile, text, wire, terminator;
  };
  constexpr Row kRows[] = {
      {"line", "", "", ".\n"},
      {"line", "a.\n\n\\b", "a\\.\n\n\\\\b\n", ".\n"},
      {"crlf", "a.\n\nb", "a\\.\r\n\r\nb\r\n", ".\r\n"},
      {"bare", "", "", "."},
      {"bare", "a.\n\\b", "a.\n\\b\n", "."},
  };
  for (const Row& row : kRows) {
    const Profile& profile = *find_profile(row.profile);
    EXPECT_EQ(encode_text(profile, row.text), row.wire);
    EXPECT_EQ(encode_terminator(profile), row.terminator);
  }
}

TEST(FramingTest, PiecesOfAnySizeMakeUpTheWholeText) {
  constexpr std::string_view kText = "one.\n..\n\ntwo\\three\n.";
  for (const Profile& profile : builtin_profiles()) {
    for (std::size_t size = 0; size < 30; ++size) {
      std::string pieces;
      TextEncoder encoder(profile, kText);
      while (!encoder.done()) encoder.append_to(pieces, size);
      EXPECT_EQ(pieces, encode_text(profile, kText)) << profile.name << " in pieces of " << size;
    }
  }
}

}  // namespace
}  // namespace chat
