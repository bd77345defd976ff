#include "harness/report/formats/plain_text.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

struct PlainText {
  std::string_view text;
  std::string_view plain;
};

TEST(PlainText, LeavesWhatIsShownAndWritesTheRestAsEscapes) {
  using namespace std::string_view_literals;
  for (const PlainText& one : std::initializer_list<PlainText>{
           {"", ""},
           {"two\nlines, \"quoted\" \\", "two\nlines, \"quoted\" \\"},
           {"a\tb\r\n", "a\\tb\\r\n"},
           {"\x1b[31m\x07\x7f", "\\x1b[31m\\x07\\x7f"},
           {"\0"sv, "\\0"},
           {"caf\xc3\xa9 \xe2\x80\xa6 \xf0\x9f\x98\x80",
            "caf\xc3\xa9 \xe2\x80\xa6 \xf0\x9f\x98\x80"},
           {"\xff\xc3", "\\xff\\xc3"},                             // no UTF-8; cut off
           {"\xc0\xaf\xe0\x80\xaf", "\\xc0\\xaf\\xe0\\x80\\xaf"},  // a longer form than needed
           {"\xed\xa0\x80", "\\xed\\xa0\\x80"},                    // half of a surrogate pair
           {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},           // beyond the last character
           {"\xc2\x9b", "\\u{009B}"},                              // a control character of C1
           {"\xe2\x80\xae", "\\u{202E}"},                          // from right to left
           {"\xe2\x81\xa6\xe2\x80\x8b", "\\u{2066}\\u{200B}"},
           {"\xe2\x80\xa8", "\\u{2028}"},  // a line end
           {"\xef\xbf\xbe\xef\xbb\xbf", "\\u{FFFE}\\u{FEFF}"},
           {"\xf0\x9f\xbf\xbf", "\\u{1FFFF}"},  // no character
           {"\xf3\xa0\x80\x81", "\\u{E0001}"},  // a tag
       }) {
    EXPECT_EQ(as_plain_text(one.text), one.plain);
    EXPECT_EQ(as_plain_text(as_plain_text(one.text)), one.plain);
  }
}

TEST(PlainText, OfOneLineHasBlanksForLineEnds) {
  EXPECT_EQ(as_plain_line("one\ntwo\r\n"), "one two\\r ");
}

TEST(PlainText, IsValidWhateverThreeBytesItIsMadeOf) {
  for (int first = 0; first < 256; ++first) {
    for (const int second : {0x0a, 0x41, 0x80, 0x8f, 0x9f, 0xa0, 0xbf, 0xc2, 0xff}) {
      const std::string bytes{static_cast<char>(first), static_cast<char>(second), '\x80'};
      const std::string plain = as_plain_text(bytes);
      EXPECT_EQ(as_plain_text(plain), plain);
      EXPECT_EQ(plain.find('\x1b'), plain.npos);
    }
  }
}

}  // namespace
}  // namespace chatspec
