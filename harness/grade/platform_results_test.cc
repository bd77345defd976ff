#include "harness/grade/platform_results.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace chatspec {
namespace {

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
    SettledRun run{.is_whole = why_not.empty(), .why_not = why_not};
    for (const CaseRecord& one : cases_) run.cases.push_back(&one);
    const auto all = list_platform_results();
    const auto wanted = std::ranges::find(all, option, &PlatformResult::option);
    return wanted->render(assignment_, mark(assignment_, {&run, 1}),
                          [&](const CaseRecord&) { return hides; });
  }

  Assignment assignment_{};
  std::vector<CaseRecord> cases_{};
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
  for (const char* option : {"--gradescope", "--prairielearn"}) {
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

TEST_F(PlatformResultsTest, AreNever0WhereThereIsNoMark) {
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
