#include "harness/grade/mark_changes_report.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace chatspec {
namespace {

MarkChanges fell_by_a_mistake() {
  return {.changes = {{.turn = MarkTurn::kFell,
                       .id = "ann",
                       .student = "Ann \x1b[31m",
                       .before = Points::parse("90"),
                       .now = Points::parse("82.5"),
                       .parts = {{.cases = "hello",
                                  .earned_before = Points::parse("60"),
                                  .points_before = Points::parse("60"),
                                  .earned_now = Points::parse("52.5"),
                                  .points_now = Points::parse("60")}},
                       .mistakes = {{.mistake = {.root = "lf",
                                                 .sentence = "no line end",
                                                 .requirement = "LINE-1",
                                                 .case_id = "hello/a"},
                                     .now = *Points::parse("7.5")}},
                       .cases = {{.id = "hello/a",
                                  .before = "pass",
                                  .now = "fail wrong-reply",
                                  .passed_before = true}}},
                      {.turn = MarkTurn::kLost,
                       .id = "bob",
                       .student = "=1+1",
                       .before = Points::parse("5"),
                       .why_not = "it is encrypted",
                       .has_other_files = true}},
          .same = 7,
          .without = 1};
}

TEST(MarkChangesReport, TellsOfEachWhyItChanged) {
  EXPECT_EQ(mark_changes_as_text(fell_by_a_mistake()),
            "fell:\n"
            "  ann (Ann \\x1b[31m)  90 -> 82.5  (-7.5)\n"
            "      server: hello: 60/60 -> 52.5/60\n"
            "      a mistake more, -7.5: server: no line end (LINE-1; hello/a)\n"
            "      server: hello/a: pass -> fail wrong-reply\n"
            "      the same files, scenarios, points and keys: does it not do the same each\n"
            "        time? `chatspec run --repeat 20` shows it\n"
            "not graded any more:\n"
            "  bob (=1+1)  5 -> none\n"
            "      not graded: it is encrypted\n"
            "      other files were handed in\n"
            "1 fell, 1 not graded any more, 7 as before, 1 not graded on either side\n");
}

TEST(MarkChangesReport, TellsWhatChangedForAll) {
  const MarkChanges changes{.remarks = {"the seed is another one"},
                            .settings_before = {"deviates 0%"},
                            .settings_now = {"deviates 50%"},
                            .same = 2};
  EXPECT_EQ(mark_changes_as_text(changes),
            "note: the seed is another one\n"
            "the assignment says now:\n"
            "  - deviates 0%\n"
            "  + deviates 50%\n"
            "2 as before\n");
}

TEST(MarkChangesReport, CountsCasesThatAreTooMany) {
  MarkChanges changes = fell_by_a_mistake();
  changes.changes.resize(1);
  changes.changes.front().cases.assign(10, {.id = "a", .before = "pass", .now = "hang"});
  EXPECT_TRUE(
      mark_changes_as_text(changes).contains("server: a: pass -> hang\n"
                                             "      and 2 more cases\n"));
}

TEST(MarkChangesReport, IsATableForSpreadsheets) {
  EXPECT_EQ(mark_changes_as_csv(fell_by_a_mistake()),
            "id,student,change,before,now,other files,mistakes that cost more,mistakes that cost "
            "less,cases that pass now,other cases,note\r\n"
            "ann,Ann \\x1b[31m,fell,90,82.5,no,\"a mistake more, -7.5: server: no line end "
            "(LINE-1; hello/a)\",,,server: hello/a: pass -> fail wrong-reply,\r\n"
            "bob,'=1+1,lost,5,,yes,,,,,it is encrypted\r\n");
}

TEST(MarkChangesReport, IsJsonForPrograms) {
  const auto json = nlohmann::json::parse(mark_changes_as_json(fell_by_a_mistake()));
  EXPECT_EQ(json["worse"], true);
  EXPECT_EQ(json["changes"].size(), 2U);
  EXPECT_EQ(json["changes"][0]["change"], "fell");
  EXPECT_EQ(json["changes"][0]["now"], 82.5);
  EXPECT_EQ(json["changes"][0]["mistakes"][0]["cost_now"], 7.5);
  EXPECT_EQ(json["changes"][0]["cases"][0]["now"], "fail wrong-reply");
  EXPECT_TRUE(json["changes"][1]["now"].is_null());
}

}  // namespace
}  // namespace chatspec
