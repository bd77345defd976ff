#include "reference/printable.h"

#include <gtest/gtest.h>

namespace chat {
namespace {

TEST(Controls, AreMaskedByteForByteUnlessTheyAreAllowed) {
  struct Row {
    std::string_view text, allowed, masked;
  };
  for (const Row& row : {
           Row{"", "", ""},
           Row{"plain ~", "", "plain ~"},
           Row{"a\x1b[31mb\x7f", "", "a?[31mb?"},
           Row{"a\tb\nc\r", "", "a?b?c?"},
           Row{"a\tb\nc\r", "\n", "a?b\nc?"},
           Row{"a\tb\nc\r", "\t\n\r", "a\tb\nc\r"},
           Row{"\xc2\x80|\xc2\x9f", "", "??|??"},
           Row{"\xc2\xa0 \xc3\xbc \xe2\x80\xa6 \xc2", "", "\xc2\xa0 \xc3\xbc \xe2\x80\xa6 \xc2"},
           Row{std::string_view("\0", 1), "", "?"},
       }) {
    EXPECT_EQ(mask_controls(row.text, row.allowed), row.masked) << row.text;
  }
}

TEST(Controls, AreFoundFromAPlaceOn) {
  EXPECT_EQ(find_control("a\x1b b\x1b", ""), 1U);
  EXPECT_EQ(find_control("a\x1b b\x1b", "", 2), 4U);
  EXPECT_EQ(find_control("a\x1b", "", 2), std::string_view::npos);
}

TEST(Printable, IsAsciiFromTheBlankToTheTilde) {
  int count = 0;
  for (int byte = 0; byte < 256; ++byte) count += is_printable(static_cast<char>(byte));
  EXPECT_EQ(count, 95);
  EXPECT_TRUE(is_printable(' ') && is_printable('~'));
}

}  // namespace
}  // namespace chat
