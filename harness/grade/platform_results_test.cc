#include "harness/grade/platform_results.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace chatspec {
namespace {

using Json = nlohmann::json;

std::set<std::string> keys_of(const Json& object) {
  std::set<std::string> keys;
  for (const auto& item : object.items()) keys.insert(item.key());
  return keys;
}

// 20 of 30 points and all of 70: one mistake, which is hidden or not.
class PlatformResultsTest : public ::testing::Test {
 protected:
  PlatformResultsTest() {
    assignment_.parts = {{.points = *Points::parse("30"), .cases = {{"hello"}}},
                         {.points = *Points::parse("70"), .cases = {{"*"}}}};
    cases_.resize(4);
    for (std::size_t i = 0; i < cases_.size(); ++i)
      cases_[i].id = (i < 3 ? "hello/" : "sign/") + std::to_string(i);
    cases_[0].verdict = Verdict::kFail;
    cases_[0].failure = FindingRecord{.code = "wrong-reply", .message = "the trap \x1b\xff"};
  }

  std::optional<std::string> render(std::string_view option, bool hides = false,
                                    std::string why_not = "") const {
    const auto result = try_to_render(option, hides, why_not);
    EXPECT_TRUE(result) << result.error();
    return result ? *result : std::nullopt;
  }

  std::expected<std::optional<std::string>, std::string> try_to_render(std::string_view option,
                                                                       bool hides,
                                                                       std::string why_not) const {
    SettledRun run{.is_whole = why_not.empty(), .why_not = why_not};
    for (const CaseRecord& one : cases_) run.cases.push_back(&one);
    const auto all = list_platform_results();
    const auto wanted = std::ranges::find(all, option, &PlatformResult::option);
    return wanted->render({.assignment = assignment_,
                           .mark = mark(assignment_, {&run, 1}),
                           .hides = [&](const CaseRecord&) { return hides; },
                           .now = std::chrono::sys_days(std::chrono::year(2026) / 12 / 1),
                           .variable = [&](const std::string& name) -> std::optional<std::string> {
                             const auto value = variables_.find(name);
                             if (value == variables_.end()) return std::nullopt;
                             return value->second;
                           }});
  }

  // All that was read of a platform's result.
  Json read(std::string_view option, bool hides = false, std::string why_not = "") const {
    return Json::parse(render(option, hides, std::move(why_not)).value());
  }

  Assignment assignment_{};
  std::vector<CaseRecord> cases_{};
  std::map<std::string, std::string> variables_{{"CLASSROOM", "net"},
                                                {"ASSIGNMENT", "chat"},
                                                {"ASSIGNMENT_TYPE", "individual"},
                                                {"OWNER", "ann"},
                                                {"SUBMISSION_TAG", "submit/2026-12-01-abc"},
                                                {"COMMIT_URL", "https://h/c"},
                                                {"RELEASE_URL", "https://h/r"},
                                                {"REVIEW_URL", "https://h/v"}};
};

TEST_F(PlatformResultsTest, AreAsGradescopeReadsThem) {
  const auto result = nlohmann::json::parse(render("--gradescope").value());
  EXPECT_EQ(result.at("score"), 90);
  ASSERT_EQ(result.at("tests").size(), 2U);
  const auto& first = result.at("tests").at(0);
  EXPECT_EQ(first.at("name"), "server: hello");
  EXPECT_EQ(first.at("score"), 20);
  EXPECT_EQ(first.at("max_score"), 30);
  EXPECT_TRUE(first.at("output").get<std::string>().contains("the trap"));
  double sum = 0;
  for (const auto& test : result.at("tests")) {
    EXPECT_EQ(test.at("visibility"), "visible") << "else the total would be hidden, too";
    sum += test.at("score").get<double>();
  }
  EXPECT_EQ(sum, 90);
}

TEST_F(PlatformResultsTest, HideByWords) {
  for (const char* option : {"--gradescope", "--prairielearn", "--classroom50", "--check50"}) {
    const std::string result = render(option, true).value();
    EXPECT_FALSE(result.contains("trap")) << result;
    EXPECT_TRUE(result.contains("in cases that are hidden")) << result;
  }
}

TEST_F(PlatformResultsTest, AreAsPrairieLearnReadsThem) {
  const auto result = nlohmann::json::parse(render("--prairielearn").value());
  EXPECT_EQ(result.at("gradable"), true);
  EXPECT_DOUBLE_EQ(result.at("score").get<double>(), 0.9);
  EXPECT_EQ(result.at("tests").at(0).at("points"), 20);
  EXPECT_EQ(result.at("tests").at(0).at("max_points"), 30);
}

TEST_F(PlatformResultsTest, AreALineForAutolab) {
  EXPECT_EQ(render("--autolab"), "{\"scores\":{\"server: hello\":20.0,\"server: *\":70.0}}\n");
}

// As the runner's validate_result() and the schema have it: all that is required, nothing else.
TEST_F(PlatformResultsTest, AreAsClassroom50ReadsThem) {
  const Json result = read("--classroom50");
  EXPECT_EQ(keys_of(result),
            (std::set<std::string>{"schema", "classroom", "assignment", "assignment_type", "owner",
                                   "submission", "commit", "release", "review", "datetime", "score",
                                   "max-score", "tests"}));
  EXPECT_EQ(result.at("schema"), "classroom50/result/v1");
  EXPECT_EQ(result.at("owner"), "ann");
  EXPECT_EQ(result.at("datetime"), "2026-12-01T00:00:00Z");
  std::int64_t score = 0;
  std::int64_t most = 0;
  for (const Json& test : result.at("tests")) {
    EXPECT_TRUE(test.at("passed").is_boolean());
    EXPECT_TRUE(test.at("score").is_number_integer()) << test;
    EXPECT_LE(test.at("score"), test.at("max-score"));
    score += test.at("score").get<std::int64_t>();
    most += test.at("max-score").get<std::int64_t>();
  }
  EXPECT_TRUE(result.at("score").is_number_integer());
  EXPECT_EQ(result.at("score"), score);
  EXPECT_EQ(result.at("max-score"), most);
  EXPECT_EQ(score, 9000) << "in hundredths";
}

TEST_F(PlatformResultsTest, SayWhichVariableOfClassroom50IsMissing) {
  variables_.erase("OWNER");
  const auto result = try_to_render("--classroom50", false, "");
  ASSERT_FALSE(result);
  EXPECT_TRUE(result.error().starts_with("the variable OWNER is not set: ")) << result.error();
}

// It adds up the scores, and fails the job by the status.
TEST_F(PlatformResultsTest, AreAsTheAutogradingReporterReadsThem) {
  const Json result = read("--autograding");
  EXPECT_EQ(result.at("status"), "fail");
  EXPECT_EQ(result.at("max_score"), 100);
  double sum = 0;
  for (const Json& test : result.at("tests")) sum += test.at("score").get<double>();
  EXPECT_EQ(sum, 90);
  EXPECT_EQ(result.at("tests").at(0).at("status"), "fail");
  EXPECT_EQ(result.at("tests").at(0).at("message"), "20 of 30 points, 2 of 3 cases pass");
  EXPECT_EQ(result.at("tests").at(1).at("status"), "pass");
  EXPECT_EQ(std::ranges::count(render("--autograding").value(), '\n'), 1) << "a line";
  cases_[0].verdict = Verdict::kPass;
  EXPECT_EQ(read("--autograding").at("status"), "pass");
}

TEST_F(PlatformResultsTest, AreAMessageForCodeGrade) {
  EXPECT_EQ(render("--codegrade"), "{\"tag\":\"points\",\"points\":\"9000/10000\"}\n");
}

// As its specification has it: `cause` is null of what passed, and of nothing else.
TEST_F(PlatformResultsTest, AreAsCheck50WritesThem) {
  assignment_.title = "Exercise 3";
  const Json report = read("--check50");
  EXPECT_EQ(keys_of(report), (std::set<std::string>{"slug", "results", "version"}));
  EXPECT_EQ(report.at("slug"), "Exercise 3");
  ASSERT_EQ(report.at("results").size(), 2U);
  for (const Json& check : report.at("results")) {
    EXPECT_EQ(keys_of(check), (std::set<std::string>{"name", "description", "passed", "log",
                                                     "cause", "data", "dependency"}));
    EXPECT_EQ(check.at("cause").is_null(), check.at("passed").get<bool>());
    for (const Json& line : check.at("log"))
      EXPECT_FALSE(line.get<std::string>().contains('\n')) << line;
  }
  const Json& first = report.at("results").at(0);
  EXPECT_EQ(first.at("description"), "server: hello: 20 of 30 points");
  EXPECT_EQ(first.at("cause").at("rationale"), "20 of 30 points");
  EXPECT_EQ(first.at("data").at("points"), 20);
}

TEST_F(PlatformResultsTest, AreNever0WhereThereIsNoMark) {
  for (const char* option : {"--classroom50", "--codegrade"})
    EXPECT_FALSE(render(option, false, "no time")) << option;
  const Json reported = read("--autograding", false, "no time");
  EXPECT_EQ(reported.at("status"), "error");
  EXPECT_EQ(reported.at("max_score"), 0) << "then no points are reported";
  const Json check50 = read("--check50", false, "no time");
  EXPECT_EQ(keys_of(check50), (std::set<std::string>{"slug", "error", "version"}));
  EXPECT_EQ(keys_of(check50.at("error")),
            (std::set<std::string>{"type", "value", "traceback", "data"}));
  const auto gradescope =
      nlohmann::json::parse(render("--gradescope", false, "no \xff time").value());
  EXPECT_FALSE(gradescope.contains("score"));
  EXPECT_TRUE(gradescope.at("tests").empty());
  EXPECT_TRUE(gradescope.at("output").get<std::string>().starts_with("Not graded: the server"));
  const auto prairielearn =
      nlohmann::json::parse(render("--prairielearn", false, "no time").value());
  EXPECT_EQ(prairielearn.at("gradable"), false);
  EXPECT_FALSE(prairielearn.contains("score"));
  EXPECT_FALSE(render("--autolab", false, "no time"));
}

TEST_F(PlatformResultsTest, HaveABoundedSize) {
  cases_.resize(2000);
  for (std::size_t i = 4; i < cases_.size(); ++i) {
    cases_[i] = cases_[0];
    cases_[i].id = "hello/" + std::to_string(i);
    cases_[i].failure->cause =
        CauseRecord{.id = "m" + std::to_string(i), .sentence = std::string(500, 'x')};
  }
  const std::string result = render("--prairielearn").value();
  EXPECT_LT(result.size(), 100'000U);
  EXPECT_TRUE(result.contains("(and more)"));
}

}  // namespace
}  // namespace chatspec
