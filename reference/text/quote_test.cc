#include "reference/text/quote.h"

#include <gtest/gtest.h>

namespace chat {
namespace {

using namespace std::string_view_literals;

struct QuoteRow {
  std::string_view bytes;
  std::string_view quoted;
};

constexpr QuoteRow kQuotes[] = {
    {"", R"("")"},
    {"260 OK", R"("260 OK")"},
    {"a\nb\r\t", R"("a\nb\r\t")"},
    {"\\ \"", R"("\\ \"")"},
    {"\0"sv, R"("\0")"},
    {"\0a"sv, R"("\0a")"},
    {"\0"
     "1"sv,
     R"("\x001")"},
    {"\x1b[31m\x7f\x80\xff"sv, R"("\x1b[31m\x7f\x80\xff")"},
    {"caf\xc3\xa9", R"("caf\xc3\xa9")"},
};

TEST(QuoteTest, EverythingButPrintableAsciiIsMadeVisible) {
  for (const QuoteRow& row : kQuotes) {
    EXPECT_EQ(quote(row.bytes), row.quoted);
    EXPECT_EQ('"' + escape_bytes(row.bytes) + '"', row.quoted);
  }
}

TEST(QuoteTest, UnquoteIsTheInverse) {
  for (const QuoteRow& row : kQuotes) {
    EXPECT_EQ(unquote(row.quoted.substr(1, row.quoted.size() - 2)), row.bytes) << row.quoted;
  }
}

TEST(QuoteTest, EveryPairOfBytesSurvivesQuotingAndUnquoting) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string bytes{static_cast<char>(a), static_cast<char>(b)};
      ASSERT_EQ(unquote(escape_bytes(bytes)), bytes) << escape_bytes(bytes);
    }
  }
}

TEST(QuoteTest, ALongTextIsCutAndItsLengthSaid) {
  EXPECT_EQ(quote_start("abcdef", 6), R"("abcdef")");
  EXPECT_EQ(quote_start("abcdefg", 6), R"("abcdef"... (7 bytes))");
}

TEST(UnquoteTest, MalformedEscapesAreErrorsAtTheirOffset) {
  struct BadRow {
    std::string_view inner;
    std::size_t offset;
    std::string_view message;
  };
  constexpr BadRow kBad[] = {
      {R"(a\)", 1, R"(a backslash must be written \\)"},
      {R"(a"b)", 1, R"(a double quote here must be written \")"},
      {R"(ab\x1)", 2, R"(\x needs two hexadecimal digits)"},
      {R"(\xg0)", 0, R"(\x needs two hexadecimal digits)"},
      {R"(\01)", 0, R"(\0 before a digit must be written \x00)"},
      {R"(.\q)", 1, R"(unknown escape \q; known are \n \r \t \\ \" \0 \xHH)"},
  };
  for (const BadRow& row : kBad) {
    const auto result = unquote(row.inner);
    ASSERT_FALSE(result.has_value()) << row.inner;
    EXPECT_EQ(result.error().offset, row.offset) << row.inner;
    EXPECT_EQ(result.error().message, row.message);
  }
}

}  // namespace
}  // namespace chat
