#include "reference/text/printable.h"

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
           Row{"\xc2\xa0 \xc3\xbc \xe2\x80\xa6 \xc2", "", "\xc2\xa0 \xc3\xbc \xe2\x80\xa6 ?"},
           // Turned round, isolated, marked, broken into lines.
           Row{"a\xe2\x80\xae"
               "b\xe2\x81\xa9"
               "c\xe2\x80\x8f"
               "d\xe2\x80\xa8",
               "", "a???b???c???d???"},
           // What joins letters of many scripts stays, and so does what lies beyond 16 bits.
           Row{"\xe2\x80\x8d \xf0\x9f\x99\x82", "", "\xe2\x80\x8d \xf0\x9f\x99\x82"},
           // No UTF-8: alone, cut off, too long for what it says, a surrogate, beyond the last.
           Row{"\x9b"
               "31m \xff",
               "", "?31m ?"},
           Row{"\xe2\x80", "", "??"},
           Row{"\xc0\xaf \xe0\x80\xaf", "", "?? ???"},
           Row{"\xed\xa0\x80", "", "???"},
           Row{"\xf4\x90\x80\x80", "", "????"},
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
