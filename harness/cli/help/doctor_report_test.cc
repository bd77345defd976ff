// What is said of a machine on which one tier does not work and another breaks a promise.

#include "harness/cli/help/doctor_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace chatspec {
namespace {

using ::testing::HasSubstr;

DoctorFindings find_some() {
  DoctorFindings findings;
  findings.tiers = {{.tier = kIsolations[0], .obstacle = Obstacle{"no bwrap", "install it"}},
                    {.tier = kIsolations[1], .promises = {{&promises()[0], true}}},
                    {.tier = kIsolations[2]}};
  return findings;
}

TEST(DoctorReport, SaysOfEachTierWhatIsWrong) {
  const DoctorFindings findings = find_some();
  EXPECT_FALSE(findings.is_well());
  EXPECT_TRUE(findings.tiers[2].is_well());
  const std::string text = render_doctor_report(findings);
  EXPECT_THAT(text, HasSubstr("\n             no bwrap\n             to mend it: install it\n"));
  EXPECT_THAT(text, HasSubstr("\n    NO   "));
}

TEST(DoctorReport, SaysTheSameAsJson) {
  const auto report = nlohmann::json::parse(doctor_report_as_json(find_some()));
  EXPECT_EQ(report.at("well"), false);
  const auto& tiers = report.at("tiers");
  ASSERT_EQ(tiers.size(), 3U);
  EXPECT_EQ(tiers[0].at("offered"), false);
  EXPECT_EQ(tiers[0].at("obstacle").at("what"), "no bwrap");
  EXPECT_EQ(tiers[1].at("promises").at(0).at("kept"), false);
  EXPECT_EQ(tiers[2].at("obstacle"), nullptr);
  EXPECT_EQ(tiers[2].at("silence_proven"), true);
}

}  // namespace
}  // namespace chatspec
