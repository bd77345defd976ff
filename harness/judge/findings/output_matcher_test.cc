// Whether what is due on standard output and standard error has been written. What is said where it
// has not is in program_judge_test.cc.

#include "harness/judge/findings/output_matcher.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

Step wants(ItemKind kind, std::vector<std::string> parts) {
  return {.action = Action::kExpect,
          .shown = {},
          .bytes = {},
          .cuts = {},
          .alternatives = {
              {.kind = kind, .bytes = {}, .pattern = {std::move(parts)}, .requirement = {}}}};
}

Script a_script() {
  Script script;
  script.profile = *chat::find_profile("line");
  return script;
}

Event sent(int connection, std::string bytes) {
  return {.kind = EventKind::kSent, .connection = connection, .bytes = std::move(bytes)};
}

TEST(OutputMatcher, FindsWholeLinesInTheirOrder) {
  const std::vector<Event> events{sent(1, "on"), sent(1, "e\ntwo\n"), sent(2, "other\n")};
  struct Row {
    std::string_view output;
    bool written;
  };
  for (const Row& row : {
           Row{"one\ntwo\nother\n", true},
           Row{"other\none\nlog\r\ntwo\n", true},
           Row{"one\r\ntwo\r\nother\r\n", true},
           Row{"two\none\nother\n", false},
           Row{"one two other\n", false},
           Row{"one\ntwo\n", false},
           Row{"", false},
       }) {
    EXPECT_EQ(is_written(a_script(), wants(ItemKind::kPrintsReceived, {}), events,
                         {.output = row.output}),
              row.written)
        << row.output;
  }
}

TEST(OutputMatcher, TakesATextsLineEscapedOrNot) {
  const Step step = wants(ItemKind::kPrintsReceived, {});
  EXPECT_TRUE(is_written(a_script(), step, {sent(1, "a\\.b\n")}, {.output = "a\\.b\n"}));
  EXPECT_TRUE(is_written(a_script(), step, {sent(1, "a\\.b\n")}, {.output = "a.b\n"}));
  EXPECT_FALSE(is_written(a_script(), step, {sent(1, "a\\.b\n")}, {.output = "a,b\n"}));
}

TEST(OutputMatcher, NamesTheFirstLineThatIsMissingAndWhatIsLeft) {
  const std::string output = "one\nthree\n";
  const auto missing = find_missing_line(a_script(), wants(ItemKind::kPrintsReceived, {}),
                                         {sent(1, "one\ntwo\nthree\n")}, output);
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->line, "two");
  EXPECT_EQ(missing->rest, "three\n");
  EXPECT_FALSE(find_missing_line(a_script(), wants(ItemKind::kPrints, {"a", "b"}), {}, output))
      << "a pattern with gaps names no line";
}

TEST(OutputMatcher, TakesForAComplaintOnlyWhatCameSinceThereWasCause) {
  const Step any = wants(ItemKind::kComplains, {});
  const Step line = wants(ItemKind::kComplains, {"bad ", ""});
  const std::string_view errors = "ready\nbad key\n";
  EXPECT_TRUE(is_written(a_script(), any, {}, {.errors = errors, .errors_before = 6}));
  EXPECT_TRUE(is_written(a_script(), line, {}, {.errors = errors, .errors_before = 6}));
  EXPECT_FALSE(is_written(a_script(), any, {}, {.errors = errors, .errors_before = errors.size()}));
  EXPECT_FALSE(is_written(a_script(), line, {}, {.errors = "ready\n"}));
  EXPECT_FALSE(is_written(a_script(), any, {}, {.output = "bad key\n"}));
}

}  // namespace
}  // namespace chatspec
