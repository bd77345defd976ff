#include "harness/explore/protocol/said_scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/explore/fuzz/client_speaker.h"
#include "harness/explore/fuzz/mutator.h"
#include "harness/explore/protocol/planned_conversation.h"
#include "harness/explore/protocol/reference_server.h"
#include "harness/explore/protocol/said_requirements.h"
#include "harness/scenario/printer.h"
#include "harness/scenario/source.h"

namespace chatspec {
namespace {

using ::testing::ElementsAre;

SaidScenario around_of(const chat::Profile& profile, const SaidConversation& said) {
  return {.comment = {"Found."},
          .title = "what came",
          .requirements = find_requirements(profile, said)};
}

// The scenario without what stands above its transcript.
std::string transcript_of(const chat::Profile& profile, const SaidConversation& said) {
  const std::string text = write_said_scenario(profile, said, around_of(profile, said));
  return text.substr(text.find("\n\n", text.find("role")) + 2);
}

TEST(SaidScenarios, SaySegmentsAsTheyWereSaid) {
  EXPECT_EQ(transcript_of(*chat::find_profile("line"),
                          {.steps = {{.segments = {"HELLO\nDATA\nfirst\nse", "cond\n"}},
                                     {.segments = {"thi", "rd\r\n.\n"}}}}),
            R"(message   "first"
          "second"
          "third"

C: HELLO
C: DATA                  | joined
C: first                 | joined
C: raw "se"              | joined
C: raw "cond\n"          | apart
S: 260 OK
C: raw "thi"             | apart
C: raw "rd\r\n"          | apart
C: .                     | joined
S: 270 SIG
S: <signature 1>
S: <silence>
)");
}

TEST(SaidScenarios, AreInTheWordsOfLineWhateverTheProfile) {
  const auto profile = chat::parse_profile(
      "name own\nline-end crlf\nhello HALLO\nok \"200 Ja\"\nerror-reply \"500 Nein\"\n", "own");
  EXPECT_EQ(transcript_of(*profile, {.steps = {{.segments = {"HALLO\r\n"}},
                                               {.segments = {"DATA\n"}},
                                               {.segments = {"a\r\n.\r\n"}},
                                               {.segments = {"HELLO\r\n"}}}}),
            R"(message   a

C: HELLO
S: 260 OK
C: raw "DATA\n"
C: raw "a\r\n"
C: raw ".\r\n"           | joined
S: 270 SIG
S: <signature 1>
C: raw "HELLO\r\n"
S: <close>
)");
}

TEST(SaidScenarios, SayHowManyKeysThereAreWhereThatMatters) {
  const chat::Profile& line = *chat::find_profile("line");
  const std::vector<Said> steps{{.segments = {"HELLO\n"}}, {.segments = {"QUIT\n"}}};
  EXPECT_FALSE(transcript_of(line, {.steps = steps, .keys = 1}).contains("key "));
  EXPECT_TRUE(transcript_of(line, {.steps = steps, .keys = 2})
                  .contains("key       <random 12 letters>\nkey       <random 12 letters>\n"));
}

TEST(SaidScenarios, HaveTheKeysThatShowedIt) {
  const chat::Profile& line = *chat::find_profile("line");
  const SaidConversation said{.steps = {{.segments = {"HELLO\n"}}}, .keys = 1};
  SaidScenario around = around_of(line, said);
  around.keys = {"one", "two"};
  EXPECT_TRUE(
      write_said_scenario(line, said, around).contains("role      server\n\nkey       one\n\nC:"));
}

TEST(SaidScenarios, ExpectNoReplyOnAConnectionThatWeHaveReset) {
  EXPECT_EQ(transcript_of(*chat::find_profile("line"),
                          {.steps = {{.segments = {"HELLO\n"}, .end = SaidEnd::kReset}}}),
            "C: HELLO\nC: <reset>\nS: <exit any-or-none>\n");
}

TEST(SaidScenarios, HaveNoMistakesWhateverWasSaid) {
  const auto keys = make_exploring_keys(0);
  for (const char* name : {"line", "crlf"}) {
    const chat::Profile& profile = *chat::find_profile(name);
    const ClientSpeaker speaker(profile, {1, 20});
    Mutator mutator(profile, speaker, 5);
    for (int i = 0; i < 100; ++i) {
      const auto plan =
          plan_conversation(profile, keys, mutator.mutate(mutator.walk(), mutator.walk()));
      const std::string text =
          write_said_scenario(profile, plan.said, around_of(profile, plan.said));
      Scenario scenario;
      ASSERT_EQ(check_source(text, "finding", scenario), "") << text;
      ASSERT_EQ(print(scenario), text);
    }
  }
}

TEST(SaidRequirements, NameWhatIsOnlyRecommendedFirst) {
  const chat::Profile& line = *chat::find_profile("line");
  const auto first = [&](const std::string& text) {
    return find_requirements(line, {.steps = {{.segments = {"HELLO\n"}},
                                              {.segments = {"DATA\n"}},
                                              {.segments = {text + "\n.\n"}}}})
        .front();
  };
  EXPECT_EQ(first("a"), "SIG-1");
  EXPECT_EQ(first("\xff"), "BYTE-1");
  EXPECT_EQ(first(std::string(2000, 'x')), "LIMIT-1");
  EXPECT_EQ(first("a\\.b"), "ESC-2");
  EXPECT_EQ(first("a.b"), "DATA-3");
  EXPECT_EQ(first(""), "DATA-5");
}

TEST(SaidRequirements, NameTheSegmentationThatMatters) {
  const chat::Profile& line = *chat::find_profile("line");
  const auto first = [&](std::vector<Said> steps) {
    return find_requirements(line, {.steps = std::move(steps)}).front();
  };
  EXPECT_EQ(first({{.segments = {"HEL", "LO\n"}}}), "STREAM-1");
  EXPECT_EQ(first({{.segments = {"HELLO\nDATA\n"}}}), "STREAM-2");
  EXPECT_EQ(first({{.segments = {"HELLO\n"}}}), "HELLO-2");
  EXPECT_EQ(first({{.segments = {"HELLO\nNO\n"}}}), "STATE-2");
  EXPECT_EQ(first({{.segments = {"HELLO\nDATA\n"}}, {.segments = {"a\n.\nPASS\n"}}}), "STREAM-2");
}

TEST(SaidRequirements, DoNotNameWhatEndsTheConversationWhereAnAnswerBeforeIsMissed) {
  const chat::Profile& line = *chat::find_profile("line");
  const auto all = [&](Said said, std::string_view missed) {
    return find_requirements(line, {.steps = {std::move(said)}}, missed);
  };
  const Said joined{.segments = {"HELLO\nNO\n"}};
  EXPECT_THAT(all(joined, "closed"), ElementsAre("STATE-2"));
  EXPECT_THAT(all(joined, "260 OK"), ElementsAre("STREAM-2", "HELLO-2"));
  const Said ended{.segments = {"HELLO\n"}, .end = SaidEnd::kHalfClose};
  EXPECT_THAT(all(ended, "closed"), ElementsAre("END-2"));
  EXPECT_THAT(all(ended, "260 OK"), ElementsAre("HELLO-2"));
}

}  // namespace
}  // namespace chatspec
