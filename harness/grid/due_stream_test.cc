#include "harness/grid/due_stream.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

const chat::Profile& kLine = *chat::find_profile("line");

TEST(DueStream, AgreesHoweverItIsCut) {
  DueStream due(kLine);
  due.add("DATA\ntext\n.\n", "DATA-1");
  EXPECT_FALSE(due.take("DA"));
  EXPECT_FALSE(due.take("TA\nte"));
  ASSERT_TRUE(due.is_owing());
  EXPECT_EQ(due.owed().due, "text\n");
  EXPECT_EQ(due.owed().said, "te");
  EXPECT_EQ(due.owed().requirement, "DATA-1");
  EXPECT_FALSE(due.take("xt\n.\n"));
  EXPECT_FALSE(due.is_owing());
  EXPECT_TRUE(due.agrees());
}

TEST(DueStream, TellsTheUnitThatDiffersOnce) {
  DueStream due(kLine);
  due.add("260 OK\n", "HELLO-2");
  due.add("270 SIG\n", "DATA-4");
  EXPECT_FALSE(due.take("260 OK\n27"));
  const auto differs = due.take("5 SIG\nmore\n");
  ASSERT_TRUE(differs);
  EXPECT_EQ(differs->due, "270 SIG\n");
  EXPECT_EQ(differs->said, "275 SIG\n");
  EXPECT_EQ(differs->requirement, "DATA-4");
  EXPECT_FALSE(due.agrees());
  EXPECT_FALSE(due.is_owing());
  EXPECT_FALSE(due.take("anything"));
}

TEST(DueStream, TellsWhatWasSaidWhereNothingWasDue) {
  DueStream due(kLine);
  const auto early = due.take("HELLO\n");
  ASSERT_TRUE(early);
  EXPECT_EQ(early->due, "");
  EXPECT_EQ(early->said, "HELLO\n");
  EXPECT_EQ(early->requirement, "");
}

TEST(DueStream, OnlyTheDigitsOfASignatureMayBeInTheOtherCase) {
  const std::string signature(64, 'a');
  DueStream due(kLine);
  due.add(signature + "\n", "SIG-1");
  EXPECT_FALSE(due.take(std::string(64, 'A') + "\n"));
  EXPECT_TRUE(due.has_other_case());
  DueStream word(kLine);
  word.add("DATA\n", "DATA-1");
  EXPECT_TRUE(word.take("Data\n"));
}

TEST(DueStream, ALineEndThatIsAllowedMayComeOnce) {
  DueStream due(*chat::find_profile("crlf"));
  due.add("DATA\r\n", "DATA-1");
  due.allow_line_end();
  due.add(".\r\n", "DATA-1");
  EXPECT_FALSE(due.take("DATA\r\n\r"));
  EXPECT_FALSE(due.take("\n.\r\n"));
  EXPECT_TRUE(due.agrees());
  EXPECT_FALSE(due.is_owing());
  DueStream twice(kLine);
  twice.allow_line_end();
  twice.add(".\n", "DATA-1");
  EXPECT_TRUE(twice.take("\n\n.\n"));
}

TEST(DueStream, TellsLineEndsAndEscapesFromWhatStandsInTheUnits) {
  const auto requirement = [](std::string_view due, std::string_view said) {
    DueStream stream(kLine);
    stream.add(due, "DATA-1");
    const auto differs = stream.take(said);
    return differs ? std::string(differs->requirement) : "";
  };
  EXPECT_EQ(requirement("text\n", "text\r\n"), "FRAME-1");
  EXPECT_EQ(requirement("a\\.b\n", "a.b\n"), "ESC-1");
  EXPECT_EQ(requirement("text\n", "test\n"), "DATA-1");
}

}  // namespace
}  // namespace chatspec
