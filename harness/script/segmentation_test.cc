#include "harness/script/segmentation.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

Step send(std::string bytes, int connection = 1) {
  Step step;
  step.connection = connection;
  step.bytes = std::move(bytes);
  return step;
}

Step expect() {
  Step step;
  step.action = Action::kExpect;
  return step;
}

Script script_of(std::vector<Step> steps) {
  Script script;
  script.steps = std::move(steps);
  return script;
}

// What goes out in one segment each, with "|" where an answer is awaited.
std::string segments_of(const Script& script) {
  std::string shown;
  for (const Step& step : script.steps) {
    if (step.action != Action::kSend) {
      shown += "| ";
      continue;
    }
    std::size_t begin = 0;
    for (const std::size_t cut : step.cuts) {
      shown += step.bytes.substr(begin, cut - begin) + " ";
      begin = cut;
    }
    shown += step.bytes.substr(begin) + " ";
  }
  return shown;
}

const std::vector<Step> kSteps{send("ab"), expect(), send("c"), send("de"), expect(), send("f")};

TEST(SegmentationTest, UnitsLeaveAScriptAsItIs) {
  EXPECT_EQ(segments_of(segment(script_of(kSteps), Segmentation::kUnits).script), "ab | c de | f ");
}

TEST(SegmentationTest, JoinedSendsWhatNoAnswerSeparatesInOneSegment) {
  EXPECT_EQ(segments_of(segment(script_of(kSteps), Segmentation::kJoined).script), "ab | cde | f ");
}

TEST(SegmentationTest, JoinedKeepsConnectionsApart) {
  const Script script = script_of({send("a", 1), send("b", 2), send("c", 2)});
  EXPECT_EQ(segments_of(segment(script, Segmentation::kJoined).script), "a bc ");
}

TEST(SegmentationTest, BytesSendsEachByteByItself) {
  EXPECT_EQ(segments_of(segment(script_of(kSteps), Segmentation::kBytes).script),
            "a b | c d e | f ");
}

TEST(SegmentationTest, CutsTriesEveryPlaceOfWhatIsJoined) {
  const Segmented segmented = segment(script_of(kSteps), Segmentation::kCuts);
  EXPECT_EQ(segments_of(segmented.script), "ab | cde | f ");
  std::vector<std::string> tried;
  for (const Cut& cut : segmented.cuts) {
    tried.push_back(segments_of(with_cut(segmented.script, cut)));
  }
  EXPECT_EQ(tried,
            (std::vector<std::string>{"a b | cde | f ", "ab | c de | f ", "ab | cd e | f "}));
  EXPECT_EQ(describe(segmented.script, segmented.cuts[1]), "cut after byte 1 of \"cde\"");
}

TEST(SegmentationTest, CutsOfALongStretchAreBounded) {
  const Script script = script_of({send(std::string(100 * kMaxCuts, 'x'))});
  EXPECT_EQ(segment(script, Segmentation::kCuts).cuts.size(), kMaxCuts);
  EXPECT_EQ(segment(script, Segmentation::kBytes).script.steps[0].cuts.size(), kMaxCuts);
}

}  // namespace
}  // namespace chatspec
