#include "reference/files.h"

#include <gtest/gtest.h>

#include "reference/signature.h"
#include "reference/text/quote.h"

namespace chat {
namespace {

using Parse = std::expected<std::vector<std::string>, FileError> (*)(std::string_view,
                                                                     std::string_view);

// Every item quoted, or the error.
std::string dump(Parse parse, std::string_view content) {
  const auto items = parse(content, "f");
  if (!items) return items.error().to_string();
  std::string out;
  for (const std::string& item : *items) out += quote(item);
  return out;
}

struct FileRow {
  std::string_view content;
  std::string_view dumped;
};

TEST(MessageFileTest, GoodFiles) {
  constexpr FileRow kRows[] = {
      {"", ""},
      {"6\nhello\n", R"("hello")"},
      {"6\nhello\n4\nyou\n", R"("hello""you")"},
      {"8\nhe\nllo\n\n", R"("he\nllo\n")"},
      {"1\n\n1\n\n", R"("""")"},
      // CR LF counts as one and becomes LF (FILE-2).
      {"6\r\nhello\r\n4\r\na\r\nb\r\n", R"("hello""a\nb")"},
      // The last line end may be missing (FILE-3).
      {"6\nhello", R"("hello")"},
      {"6\nhello\n4\nyou", R"("hello""you")"},
      {"1\n", R"("")"},
      // A length that does not count the line end after the text (FILE-7).
      {"5\nhello\n3\nyou\n", R"("hello""you")"},
      {"5\r\nhello\r\n3\r\nyou", R"("hello""you")"},
      {"0\n\n3\nyou\n", R"("""you")"},
      {"0\n", R"("")"},
      // Digits, dots, lone CRs and blanks in a text mean nothing.
      {"4\n12\n\n", R"("12\n")"},
      {"6\n a\rb \r\n", R"(" a\rb ")"},
      {"007\n.\\.\n..\n", R"(".\\.\n..")"},
  };
  for (const FileRow& row : kRows) EXPECT_EQ(dump(parse_messages, row.content), row.dumped);
}

TEST(MessageFileTest, BadFiles) {
  constexpr std::string_view kLength =
      "expected the length of a message, a decimal number alone on a line; found ";
  struct BadRow {
    std::string_view content, place, found;
  };
  constexpr BadRow kLengths[] = {
      {"\n", "f:1: ", "an empty line"},
      {"hello\n", "f:1: ", R"("hello")"},
      {"-5\nhello\n", "f:1: ", R"("-5")"},
      {"+5\nhello\n", "f:1: ", R"("+5")"},
      {" 5\nhello\n", "f:1: ", R"(" 5")"},
      {"5 \nhello\n", "f:1: ", R"("5 ")"},
      {"5.0\nhello\n", "f:1: ", R"("5.0")"},
      {"0x5\nhello\n", "f:1: ", R"("0x5")"},
      {"6\nhello\n\n", "f:3: ", "an empty line"},
      {"6\nhello\nyou\n", "f:3: ", R"("you")"},
      {"8\na\r\nb\r\nccc\r\n\x1b[2J\r\n", "f:5: ", R"("\x1b[2J")"},
  };
  for (const BadRow& row : kLengths) {
    EXPECT_EQ(dump(parse_messages, row.content),
              std::string(row.place) + std::string(kLength) + std::string(row.found));
  }
  constexpr FileRow kRows[] = {
      {"99999999999999999999999\nhello\n",
       R"(f:1: the length "99999999999999999999999" is too large)"},
      {"18446744073709551615\nhello\n",
       "f:1: expected 18446744073709551609 more bytes of the message of 18446744073709551615 "
       "bytes; "
       "found the end of the file"},
      {"7\nhello",
       "f:1: expected 2 more bytes of the message of 7 bytes; found the end of the file"},
      {"6\nhello\n5\nyou",
       "f:3: expected 2 more bytes of the message of 5 bytes; found the end of the file"},
      {"4\nhello\n",
       "f:1: expected the end of the message of 4 bytes at the end of a line; found \"o\" after "
       "it in "
       "the same line"},
      {"0\nhello\n",
       "f:1: expected the end of the message of 0 bytes at the end of a line; found \"hello\" "
       "after it "
       "in the same line"},
  };
  for (const FileRow& row : kRows) EXPECT_EQ(dump(parse_messages, row.content), row.dumped);
}

TEST(SignatureFileTest, GoodAndBadFiles) {
  const std::string a = sha256_hex("a");
  std::string upper = a;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const std::string digits = "f:2: expected a signature of 64 hexadecimal digits; found ";

  EXPECT_EQ(dump(parse_signatures, ""), "");
  EXPECT_EQ(dump(parse_signatures, a), quote(a));
  EXPECT_EQ(dump(parse_signatures, a + " \t\r\n" + upper + "  "), quote(a) + quote(upper));
  EXPECT_EQ(dump(parse_signatures, a + "\n\n"), digits + "an empty line");
  EXPECT_EQ(dump(parse_signatures, a + "\n \n"), digits + "an empty line");
  EXPECT_EQ(dump(parse_signatures, a + "\n0" + a), digits + "65");
  EXPECT_EQ(dump(parse_signatures, a + "\nabc\n"), digits + "3");
  EXPECT_EQ(dump(parse_signatures, a + "\nabg\n"), digits + "\"g\" in column 3");
  EXPECT_EQ(dump(parse_signatures, a + "\n " + a), digits + "\" \" in column 1");
}

TEST(KeyFileTest, GoodAndBadFiles) {
  constexpr FileRow kRows[] = {
      {"one", R"("one")"},
      {"one\n", R"("one")"},
      {"one\ntwo", R"("one""two")"},
      {"one \t\r\n two\r\n", R"("one"" two")"},
      {"\n", R"("")"},
      {"one\n\n", R"("one""")"},
      {"", "f: expected a key per line; found an empty file"},
  };
  for (const FileRow& row : kRows) EXPECT_EQ(dump(parse_keys, row.content), row.dumped);
}

TEST(FilesTest, WhatIsWrittenIsReadAgainInEveryStyle) {
  const std::vector<std::string> texts{"hello", "", "two\nlines", "ends\n", "12\n", ".\\", ""};
  const std::vector<std::string> keys{"one", "", "two words"};
  const std::vector<std::string> signatures{sha256_hex("a"), sha256_hex("b")};
  for (int bits = 0; bits < 8; ++bits) {
    const FileStyle style{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
    EXPECT_EQ(parse_messages(format_messages(texts, style), "f"), texts);
    EXPECT_EQ(parse_signatures(format_signatures(signatures, style), "f"), signatures);
    EXPECT_EQ(parse_keys(format_keys(keys, style), "f"), keys);
  }
}

TEST(FilesTest, TheStyleIsKept) {
  const std::vector<std::string> two{"a\nb", "c"};
  EXPECT_EQ(format_messages(two), "4\na\nb\n2\nc\n");
  EXPECT_EQ(format_messages(two, {.crlf = true, .last_line_end = false}), "4\r\na\r\nb\r\n2\r\nc");
  const std::vector<std::string> keys{"k", "l"};
  EXPECT_EQ(format_keys(keys, {.crlf = true, .last_line_end = false, .trailing_blanks = true}),
            "k \t\r\nl \t");
}

}  // namespace
}  // namespace chat
