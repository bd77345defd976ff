// chatspec regrade, as its users meet it.

#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

std::string marks_with_total(const std::string& points) {
  return R"({"marks":1,"chatspec":"1","suite":"s","seed":7,"settings":[],"parts":[],"played":[]})"
         "\n"
         R"({"id":"ann","student":"Ann","key":"","language":"c","files":"f","total":")" +
         points +
         R"(","why_not":"","remark":"","parts":[],"mistakes":[],"cases":[],"flaky":0})"
         "\n";
}

TEST(Regrade, TellsWhoseMarkChangedAndFailsWhereOneFell) {
  const Folder folder;
  folder.write("old/marks.jsonl", marks_with_total("90"));
  folder.write("new/marks.jsonl", marks_with_total("80"));
  const auto regrade = [&](const std::string& words) {
    return chatspec("regrade --diff " + words, "2>&1", folder.at(""));
  };
  const Outcome fell = regrade("old new --csv table.csv");
  EXPECT_EQ(fell.status, 1) << fell.output;
  EXPECT_TRUE(fell.output.starts_with("fell:\n  ann (Ann)  90 -> 80  (-10)\n")) << fell.output;
  EXPECT_TRUE(folder.content("table.csv").contains("\r\nann,Ann,fell,90,80,no,")) << fell.output;
  const Outcome rose = regrade("new old/marks.jsonl --json -");
  EXPECT_EQ(rose.status, 0) << rose.output;
  EXPECT_TRUE(rose.output.contains("\"worse\": false")) << rose.output;
}

TEST(Regrade, SaysWhatIsNoGrading) {
  const Folder folder;
  folder.write("old/marks.jsonl", marks_with_total("90"));
  folder.write("new/other", "");
  const auto expect_mistake = [&](const std::string& words, const std::string& message) {
    const Outcome outcome = chatspec("regrade " + words, "2>&1", folder.at(""));
    EXPECT_EQ(outcome.status, 4) << outcome.output;
    EXPECT_TRUE(outcome.output.contains(message)) << outcome.output;
  };
  expect_mistake("", "--diff is required");
  expect_mistake("--diff old new", "new: expected a folder that `chatspec grade --out` made");
  expect_mistake("--diff old nosuch", "nosuch: cannot read it");
  folder.write("new/marks.jsonl", marks_with_total("many"));
  expect_mistake("--diff old new", "new/marks.jsonl: line 2: expected marks as this version");
  expect_mistake("--diff old old --csv a --json a", "--csv and --json both name");
}

}  // namespace
}  // namespace chatspec
