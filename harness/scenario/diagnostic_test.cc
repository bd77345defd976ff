#include "harness/scenario/diagnostic.h"

#include <gtest/gtest.h>

#include "harness/scenario/hint.h"

namespace chatspec {
namespace {

TEST(Diagnostics, AreShownWithTheirLineACaretACodeAndAHint) {
  Diagnostics diagnostics;
  diagnostics.add(LintCode::kUnknownItem, {2, 4}, 3, "no such thing", "take another");
  EXPECT_EQ(diagnostics.render("f", "one\nS: <x> y\n"),
            "f:2:4: error: no such thing [unknown-item]\n"
            "    2 | S: <x> y\n"
            "      |    ^~~\n"
            "  hint: take another\n");
}

TEST(Diagnostics, StandAtOrBehindTheEndOfALine) {
  Diagnostics diagnostics;
  diagnostics.add(LintCode::kUnclosed, {1, 4}, 1, "here");
  diagnostics.add(LintCode::kUnclosed, {7, 1}, 5, "no such line");
  EXPECT_EQ(diagnostics.render("f", "abc"),
            "f:1:4: error: here [unclosed]\n    1 | abc\n      |    ^\n"
            "f:7:1: error: no such line [unclosed]\n    7 | \n      | ^\n");
}

TEST(Diagnostics, OfLongAndHostileLinesStayShortAndHarmless) {
  Diagnostics diagnostics;
  diagnostics.add(LintCode::kMustBeQuoted, {1, 3}, 100'000, "all of it");
  const std::string shown = diagnostics.render("f", "\t\x1b" + std::string(100'000, 'x'));
  EXPECT_LT(shown.size(), 500U);
  EXPECT_TRUE(shown.contains("    1 |  ?xxx")) << shown;
  EXPECT_TRUE(shown.contains("\n      |   ^~~~"));
}

TEST(Diagnostics, AreSortedByPlaceAndToldOnce) {
  Diagnostics diagnostics;
  diagnostics.add(LintCode::kDuplicate, {2, 1}, 1, "second");
  diagnostics.add(LintCode::kDuplicate, {1, 1}, 1, "first");
  diagnostics.add(LintCode::kDuplicate, {2, 1}, 1, "second");
  diagnostics.add(LintCode::kBadName, {1, 1}, 1, "first of another kind");
  diagnostics.sort();
  std::vector<std::string> messages;
  for (const Diagnostic& entry : diagnostics.entries()) messages.push_back(entry.message);
  EXPECT_EQ(messages, (std::vector<std::string>{"first", "first of another kind", "second"}));
}

TEST(Diagnostics, AreErrorsOrWarningsAsTheirCodeIs) {
  Diagnostics diagnostics;
  diagnostics.add(LintCode::kLooksLikeEscape, {1, 1}, 1, "doubtful");
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.render("f", "x"), "");
  EXPECT_TRUE(diagnostics.render("f", "x", Severity::kWarning)
                  .starts_with("f:1:1: warning: doubtful [looks-like-escape]\n"));
  EXPECT_EQ(render_error("f", LintCode::kNoScenario, "nothing here"),
            "f: error: nothing here [no-scenario]\n");
}

TEST(Hints, NameWhatIsNearOrAllThereIs) {
  constexpr std::array<std::string_view, 2> kWords{"close", "reset"};
  EXPECT_EQ(hint_for("clsoe", kWords), "did you mean close?");
  EXPECT_EQ(hint_for("nothing like it", kWords), "one of: close, reset");
  EXPECT_EQ(hint_for("nothing like it", kWords, "see the manual"), "see the manual");
  EXPECT_EQ(hint_for("clsoe", kWords, "see the manual"), "did you mean close?");
  EXPECT_EQ(hint_for_item("clsoe", kWords), "did you mean <close>?");
  EXPECT_EQ(hint_for_item("nothing like it", kWords), "one of: <close>, <reset>");
  EXPECT_EQ(hint_for("x", {}), "");
}

}  // namespace
}  // namespace chatspec
