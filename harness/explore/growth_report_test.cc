#include "harness/explore/growth_report.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

const GrowingInput& dots() {
  return *std::ranges::find(growing_inputs(), "dots", &GrowingInput::name);
}

Grown quadratic() {
  return {.input = dots(),
          .points = {{4096, 40ms}, {8192, 70ms}, {16384, 190ms}, {32768, 670ms}},
          .is_faster = true};
}

TEST(GrowthReport, ShowsTheCurveOfWhatGrowsFaster) {
  const std::vector all{quadratic()};
  EXPECT_EQ(render_growth_heading(),
            "                                 up to  processor  twice as much adds\n");
  EXPECT_EQ(render_grown(all[0]), "  dots in one line              32,768    0.670 s  4.0 times\n");
  const std::string text = render_growth(all);
  EXPECT_TRUE(
      text.starts_with("\nIts work grows faster than its input: dots in one line.\n"
                       "                                 4,096    0.040 s\n"
                       "                                 8,192    0.070 s\n"
                       "                                16,384    0.190 s  4.0 times\n"
                       "                                32,768    0.670 s  4.0 times\n"
                       "\n"
                       "With 1 of 1 input,"))
      << text;
}

TEST(GrowthReport, SaysWhatIsNotKnown) {
  const std::vector<Grown> all{
      {.input = dots(), .points = {{4096, 40ms}}, .stop = GrowthStop{.message = "it closed"}},
      {.input = dots(),
       .stop = GrowthStop{.why = GrowthStop::Why::kTime, .message = "the time was over"}}};
  EXPECT_EQ(render_grown(all[0]),
            "  dots in one line               4,096    0.040 s  too little to tell\n");
  EXPECT_EQ(render_grown(all[1]),
            "  dots in one line                   -          -  not measured\n");
  EXPECT_EQ(render_growth(all),
            "\n8,192 dots in one line: it closed.\n"
            "4,096 dots in one line: the time was over.\n"
            "Nothing was seen to make its work grow faster than its input.\n");
}

TEST(GrowthReport, TellsPrograms) {
  const std::vector all{quadratic()};
  const auto json = nlohmann::json::parse(render_growth_json(
      all, {.name = "s\xff", .profile = "line", .isolation = "plain", .seed = 7}));
  EXPECT_EQ(json["inputs"][0]["verdict"], "faster");
  EXPECT_EQ(json["inputs"][0]["points"][3]["processor_us"], 670'000);
  EXPECT_EQ(json["inputs"][0]["points"][3]["growth"], 4.0);
  EXPECT_TRUE(json["inputs"][0]["points"][1]["growth"].is_null());
  EXPECT_TRUE(json["inputs"][0]["ended"].is_null());
}

}  // namespace
}  // namespace chatspec
