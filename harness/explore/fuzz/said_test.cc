#include "harness/explore/fuzz/said.h"

#include <gtest/gtest.h>

#include "harness/explore/fuzz/said_lines.h"
#include "harness/explore/fuzz/show_said.h"

namespace chatspec {
namespace {

const chat::Profile& spoken() {
  return *chat::find_profile("line");
}

TEST(SaidConversations, AreTextThatIsReadBack) {
  const SaidConversation said{.steps = {{.segments = {"HELLO\n"}},
                                        {.segments = {"DA", std::string("T\0A\xff\"\\\n", 7)}},
                                        {.segments = {"x"}, .end = SaidEnd::kHalfClose}},
                              .keys = 3};
  const std::string text = write_said(said);
  EXPECT_EQ(text,
            "keys 3\nsay \"HELLO\\n\"\nsay \"DA\"\nthen \"T\\0A\\xff\\\"\\\\\\n\"\nsay \"x\"\n"
            "half-close\n");
  EXPECT_EQ(read_said(text), said);
  const SaidConversation end{.steps = {{.segments = {"a"}}, {.end = SaidEnd::kReset}}, .keys = 1};
  EXPECT_EQ(read_said(write_said(end)), end);
}

TEST(SaidConversations, ToClientsHaveTheirMessages) {
  const SaidConversation said{.steps = {{.segments = {"260 OK\n"}}}, .messages = {"a\nb", ""}};
  const std::string text = write_said(said);
  EXPECT_EQ(text, "message \"a\\nb\"\nmessage \"\"\nsay \"260 OK\\n\"\n");
  EXPECT_EQ(read_said(text), said);
}

TEST(SaidConversations, NameTheLineThatCannotBeRead) {
  EXPECT_EQ(read_said("keys 1\nsay HELLO\n").error(), "line 2: expected bytes in double quotes");
  EXPECT_EQ(read_said("keys many\n").error(), "line 1: expected a number of keys");
  EXPECT_EQ(read_said("shout \"x\"\n").error(),
            "line 1: expected keys, message, say, then, half-close, close or reset");
}

TEST(SaidLines, AreSaidByAPatientClientOneByOneButForTexts) {
  const auto steps = in_lock_step(spoken(), "HELLO\nDATA\na\n\n.\nPASS\r\nDATA\nb");
  ASSERT_EQ(steps.size(), 6U);
  EXPECT_EQ(steps[1].segments.front(), "DATA\n");
  EXPECT_EQ(steps[2].segments.front(), "a\n\n.\n");
  EXPECT_EQ(steps[3].segments.front(), "PASS\r\n");
  EXPECT_EQ(steps[5].segments.front(), "b");
}

TEST(SaidLines, AreTidiedOfWhatSaysNothing) {
  EXPECT_EQ(tidy({.steps = {{.segments = {"", "a"}},
                            {.segments = {""}},
                            {.end = SaidEnd::kClose},
                            {.segments = {"late"}}}}),
            (SaidConversation{.steps = {{.segments = {"a"}}, {.end = SaidEnd::kClose}}}));
}

TEST(SaidShown, IsWordsAndQuotedBytes) {
  EXPECT_EQ(show_said(spoken(),
                      SaidConversation{.steps = {{.segments = {"HELLO\n"}},
                                                 {.segments = {"DA", "TA\n"}},
                                                 {.segments = {"\x1b.\n"}},
                                                 {.segments = {".\n"}, .end = SaidEnd::kReset}}}),
            "HELLO, \"DA\" | \"TA\\n\", \"\\x1b.\\n\", . and a reset");
}

}  // namespace
}  // namespace chatspec
