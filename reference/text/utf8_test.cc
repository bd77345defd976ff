#include "reference/text/utf8.h"

#include <gtest/gtest.h>

namespace chat {
namespace {

struct Utf8Text {
  std::string_view text;
  char32_t point;
  std::size_t size;  // 0 where no character begins there
};

TEST(Utf8, GivesTheFirstCharacterOrNothing) {
  using namespace std::string_view_literals;
  for (const Utf8Text& one : std::initializer_list<Utf8Text>{
           {"ab", 'a', 1},
           {"\0"sv, 0, 1},
           {"\xc3\xa9x", 0xe9, 2},
           {"\xe2\x80\xa6", 0x2026, 3},
           {"\xf0\x9f\x98\x80", 0x1f600, 4},
           {"\xf4\x8f\xbf\xbf", 0x10ffff, 4},
           {"\x80", 0, 0},              // a stray byte
           {"\xff", 0, 0},              // no byte of UTF-8
           {"\xe2\x80", 0, 0},          // cut off
           {"\xe2\x41\x80", 0, 0},      // broken off
           {"\xc0\xaf", 0, 0},          // a longer form than needed
           {"\xed\xa0\x80", 0, 0},      // a surrogate
           {"\xf4\x90\x80\x80", 0, 0},  // beyond the last
       }) {
    const auto first = first_character(one.text);
    ASSERT_EQ(first.has_value(), one.size > 0) << one.text;
    if (!first) continue;
    EXPECT_EQ(first->point, one.point);
    EXPECT_EQ(first->size, one.size);
  }
}

}  // namespace
}  // namespace chat
