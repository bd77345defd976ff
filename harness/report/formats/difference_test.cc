#include "harness/report/formats/difference.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/report/formats/bounded_text.h"
#include "harness/report/formats/difference_report.h"
#include "harness/report/formats/tests/read_back.h"
#include "harness/report/log/run_of_log.h"

namespace chatspec {
namespace {

// A case that came to this verdict, by this code where it is no pass.
CaseRecord case_of(const std::string& id, Verdict verdict, const std::string& code = "") {
  CaseRecord record{.id = id, .source = "00", .verdict = verdict};
  if (!code.empty()) record.failure = FindingRecord{.code = code, .message = "it did " + code};
  if (verdict == Verdict::kSkipped) record.skipped = SkipRecord{.kind = "need", .sentence = "why"};
  return record;
}

std::vector<Record> run_with(const std::vector<CaseRecord>& cases,
                             const std::string& name = "server.py") {
  std::vector<Record> records{RunRecord{.name = name, .cases = cases.size()}};
  records.insert(records.end(), cases.begin(), cases.end());
  records.emplace_back(EndRecord{});
  return records;
}

Difference compare(const std::vector<Record>& before, const std::vector<Record>& after) {
  return compare_results(make_results(group_runs(before)), make_results(group_runs(after)));
}

struct TwoOutcomes {
  CaseRecord before;
  CaseRecord after;
  std::optional<Change> change;
};

TEST(Difference, SaysOfEachCaseWhatHappenedToIt) {
  const auto pass = case_of("a/b", Verdict::kPass);
  const auto deviates = case_of("a/b", Verdict::kDeviates, "upper-case");
  const auto fail = case_of("a/b", Verdict::kFail, "wrong-reply");
  const auto other_fail = case_of("a/b", Verdict::kFail, "wrong-signature");
  const auto hang = case_of("a/b", Verdict::kHang, "no-answer");
  const auto skipped = case_of("a/b", Verdict::kSkipped);
  const auto error = case_of("a/b", Verdict::kError);
  auto caused = fail;
  caused.failure->cause = CauseRecord{.id = "letter-case"};
  for (const TwoOutcomes& one : {
           TwoOutcomes{pass, pass, std::nullopt},
           TwoOutcomes{fail, fail, std::nullopt},
           TwoOutcomes{skipped, error, std::nullopt},
           TwoOutcomes{pass, fail, Change::kBroken},
           TwoOutcomes{deviates, hang, Change::kBroken},
           TwoOutcomes{pass, deviates, Change::kWorse},
           TwoOutcomes{fail, hang, Change::kWorse},
           TwoOutcomes{skipped, fail, Change::kUncovered},
           TwoOutcomes{error, deviates, Change::kUncovered},
           TwoOutcomes{fail, other_fail, Change::kOtherwise},
           TwoOutcomes{fail, caused, Change::kOtherwise},
           TwoOutcomes{hang, fail, Change::kOtherwise},
           TwoOutcomes{fail, pass, Change::kMended},
           TwoOutcomes{fail, deviates, Change::kMended},
           TwoOutcomes{deviates, pass, Change::kMended},
           TwoOutcomes{pass, skipped, Change::kNotJudged},
           TwoOutcomes{fail, error, Change::kNotJudged},
           TwoOutcomes{skipped, pass, Change::kJudged},
       }) {
    const Difference difference = compare(run_with({one.before}), run_with({one.after}));
    const std::string what =
        to_string(outcome_of(one.before)) + " to " + to_string(outcome_of(one.after));
    ASSERT_EQ(difference.changes.size(), one.change ? 1U : 0U) << what;
    EXPECT_EQ(difference.same, one.change ? 0U : 1U) << what;
    if (one.change) {
      EXPECT_EQ(difference.changes[0].change, *one.change) << what;
    }
    EXPECT_EQ(difference.is_worse(), one.change == Change::kBroken || one.change == Change::kWorse)
        << what;
  }
}

TEST(Difference, NamesWhatIsNewAndGoneAndWhoseScenarioChanged) {
  auto changed = case_of("a/both", Verdict::kFail, "wrong-reply");
  changed.source = "01";
  const Difference difference =
      compare(run_with({case_of("a/both", Verdict::kPass), case_of("a/old", Verdict::kPass)}),
              run_with({changed, case_of("a/new", Verdict::kFail, "wrong-reply")}));
  ASSERT_EQ(difference.changes.size(), 3U);
  EXPECT_EQ(difference.changes[0].change, Change::kBroken);
  EXPECT_TRUE(difference.changes[0].is_other_scenario);
  EXPECT_EQ(difference.changes[1].change, Change::kNew);
  EXPECT_EQ(difference.changes[1].name, "a/new");
  EXPECT_EQ(difference.changes[2].change, Change::kGone);
  EXPECT_EQ(difference.changes[2].name, "a/old");
}

TEST(Difference, ComparesRunsByTheirNamesAndOneWithOneWhateverTheyAreCalled) {
  const std::vector<CaseRecord> good{case_of("a/b", Verdict::kPass)};
  const std::vector<CaseRecord> bad{case_of("a/b", Verdict::kFail, "wrong-reply")};
  EXPECT_TRUE(compare(run_with(good, "old"), run_with(bad, "new")).is_worse());
  std::vector<Record> before = run_with(good, "one");
  std::vector<Record> after = run_with(bad, "two");
  for (const Record& record : run_with(bad, "two")) before.push_back(record);
  for (const Record& record : run_with(good, "three")) after.push_back(record);
  const Difference difference = compare(before, after);
  EXPECT_EQ(difference.same, 1U) << "of two";
  ASSERT_EQ(difference.changes.size(), 2U);
  EXPECT_EQ(difference.changes[0].suite, "three");
  EXPECT_EQ(difference.changes[1].suite, "one");
}

TEST(Difference, SaysWhatElseMayExplainIt) {
  std::vector<Record> before = run_with({case_of("a/b", Verdict::kPass)});
  std::vector<Record> after = before;
  std::get<RunRecord>(after.front()).suite = "other";
  after.pop_back();
  EXPECT_EQ(
      compare(before, after).remarks,
      (std::vector<std::string>{"the newer log, server.py: the run did not end: 1 of 1 cases ended",
                                "server.py: the suite is not the same in both logs"}));
  after.insert(after.begin() + 1, BuildRecord{.verdict = Verdict::kFail, .message = "no"});
  before.insert(before.begin() + 1, BuildRecord{});
  const Difference difference = compare(before, after);
  ASSERT_EQ(difference.changes.size(), 1U);
  EXPECT_EQ(difference.changes[0].name, "build");
  EXPECT_TRUE(difference.is_worse());
}

Difference example_difference() {
  return compare(run_with({case_of("a/one", Verdict::kPass), case_of("a/two", Verdict::kFail, "x"),
                           case_of("a/same", Verdict::kPass), case_of("a/gone", Verdict::kPass)}),
                 run_with({case_of("a/one", Verdict::kFail, "wrong-reply"),
                           case_of("a/two", Verdict::kPass), case_of("a/same", Verdict::kPass),
                           case_of("a/new|\x1b", Verdict::kDeviates, "upper-case")}));
}

TEST(Difference, IsToldAsText) {
  EXPECT_EQ(difference_as_text(example_difference()),
            "began to fail:\n"
            "  a/one  pass -> fail wrong-reply\n"
            "      it did wrong-reply\n"
            "mended:\n"
            "  a/two  fail x -> pass\n"
            "new:\n"
            "  a/new|\\x1b  deviates upper-case\n"
            "      it did upper-case\n"
            "gone:\n"
            "  a/gone  pass\n"
            "1 began to fail, 1 mended, 1 new, 1 gone, 1 as before\n");
}

TEST(Difference, IsToldAsMarkdown) {
  const std::string markdown = difference_as_markdown(example_difference());
  EXPECT_TRUE(markdown.starts_with("## chatspec: something got worse\n\n1 began to fail, "))
      << markdown;
  EXPECT_TRUE(markdown.contains("| `a/new\\|\\x1b` |  | deviates upper\\-case | it did "))
      << markdown;
  EXPECT_EQ(read_back("--markdown", markdown).problems, "");
}

TEST(Difference, OfVeryManyCasesIsNoLongerThanASummaryMayBe) {
  std::vector<CaseRecord> many;
  for (std::size_t i = 0; i < 20000; ++i)
    many.push_back(case_of("a/" + std::to_string(i), Verdict::kFail, "wrong-reply"));
  const std::string markdown = difference_as_markdown(compare(run_with({}), run_with(many)));
  EXPECT_LE(markdown.size(), kMostMarkdownBytes);
  EXPECT_TRUE(markdown.ends_with("The log has all of it.\n"));
}

TEST(Difference, IsToldAsJson) {
  const auto json = nlohmann::json::parse(difference_as_json(example_difference()));
  EXPECT_EQ(json.at("worse"), true);
  EXPECT_EQ(json.at("same"), 1);
  ASSERT_EQ(json.at("changes").size(), 4U);
  const auto& broken = json.at("changes").at(0);
  EXPECT_EQ(broken.at("change"), "broken");
  EXPECT_EQ(broken.at("case"), "a/one");
  EXPECT_EQ(broken.at("before").at("verdict"), "pass");
  EXPECT_EQ(broken.at("after").at("codes"), nlohmann::json::array({"wrong-reply"}));
  EXPECT_TRUE(json.at("changes").at(3).at("after").is_null());
}

}  // namespace
}  // namespace chatspec
