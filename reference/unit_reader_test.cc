#include "reference/unit_reader.h"

#include <gtest/gtest.h>

#include "reference/text/quote.h"

namespace chat {
namespace {

constexpr std::string_view kSignature =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

// Every unit with "|" behind it, then "..." and what is pending, or "!" and the error.
std::string dump(const Profile& profile, std::string_view bytes, std::size_t piece_bytes,
                 std::size_t max_bytes = kDefaultMaxUnitBytes) {
  UnitReader reader(profile, max_bytes);
  std::string out;
  while (!bytes.empty()) {
    std::string_view piece = bytes.substr(0, piece_bytes);
    bytes.remove_prefix(piece.size());
    while (!piece.empty()) {
      const auto unit = reader.next(piece);
      if (!unit) return out + "!" + unit.error().received;
      if (*unit) out += escape_bytes(**unit) + "|";
    }
  }
  if (!reader.pending().empty()) out += "..." + escape_bytes(reader.pending());
  return out;
}

TEST(UnitReaderTest, UnitsAreTheSameHoweverTheStreamIsCut) {
  struct Row {
    std::string_view profile, bytes, units;
  };
  const std::string bare_replies = "260 OK270 SIG" + std::string(kSignature) + "260 OK";
  const std::string bare_units = "260 OK|270 SIG|" + std::string(kSignature) + "|260 OK|";
  const Row rows[] = {
      {"line", "HELLO\nDATA\r\n", "HELLO|DATA|"},
      {"crlf", "HELLO\nDATA\r\n", "HELLO|DATA|"},
      {"line", "\n\r\n", "||"},
      {"line", "A\r\r\n\rB\n", "A\\r|\\rB|"},
      {"line", " HELLO\nQU", " HELLO|...QU"},
      {"bare", "HELLODATA", "HELLO|DATA|"},
      {"bare", "PASSFAILQUITQU", "PASS|FAIL|QUIT|...QU"},
      {"bare", bare_replies, bare_units},
  };
  for (const Row& row : rows) {
    for (std::size_t size = 1; size <= row.bytes.size(); ++size) {
      EXPECT_EQ(dump(*find_profile(row.profile), row.bytes, size), row.units) << size;
    }
  }
}

TEST(UnitReaderTest, AUnitHasAtMostAsManyBytesAsAllowed) {
  const Profile& profile = *find_profile("line");
  for (std::size_t size = 1; size < 8; ++size) {
    EXPECT_EQ(dump(profile, "abcd\nabcd\r\n", size, 4), "abcd|abcd|");
    EXPECT_EQ(dump(profile, "ab\nabcde\n", size, 4), "ab|!a unit of more than 4 bytes");
    EXPECT_EQ(dump(profile, "abcd\r\r\n", size, 4), "!a unit of more than 4 bytes");
    EXPECT_EQ(dump(profile, "abcdefghijkl", size, 4), "!a unit of more than 4 bytes");
  }
}

TEST(UnitReaderTest, InBareWhatIsNoWordIsAnErrorAtItsFirstWrongByte) {
  const Profile& profile = *find_profile("bare");
  EXPECT_EQ(dump(profile, "HELP", 1), R"(!"HELP")");
  EXPECT_EQ(dump(profile, "HELLO\n", 6), R"(HELLO|!"\n")");
  EXPECT_EQ(dump(profile, "260 Okay", 8), R"(!"260 Okay")");
}

}  // namespace
}  // namespace chat
