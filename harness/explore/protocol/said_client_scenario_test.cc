#include "harness/explore/protocol/said_client_scenario.h"

#include <gtest/gtest.h>

#include "harness/explore/fuzz/mutator.h"
#include "harness/explore/fuzz/server_speaker.h"
#include "harness/explore/protocol/planned_client_conversation.h"
#include "harness/scenario/printer.h"
#include "harness/scenario/source.h"

namespace chatspec {
namespace {

std::string scenario_of(const chat::Profile& profile, const SaidConversation& said) {
  const auto signatures = make_said_signatures(profile);
  const auto plan = plan_client_conversation(profile, signatures, said);
  return write_client_scenario(
      profile, signatures, plan.said,
      {.comment = {"Found."},
       .title = "what came",
       .requirements = find_client_requirements(profile, signatures, plan.said)});
}

// Without what stands above its materials.
std::string body_of(const SaidConversation& said) {
  const std::string text = scenario_of(*chat::find_profile("line"), said);
  return text.substr(text.find("\n\n") + 2);
}

std::string signature(std::size_t number) {
  return make_said_signatures(*chat::find_profile("line"))[number - 1];
}

TEST(SaidClientScenarios, ExpectWhatTheClientSends) {
  EXPECT_EQ(body_of({.steps = {{.segments = {"260 OK\n"}},
                               {.segments = {"270 SIG\n" + signature(1) + "\n"}},
                               {.segments = {"260", " OK\n"}}},
                     .messages = {"a.b\nc"}}),
            R"(message   "a.b"
          "c"

C: HELLO
S: 260 OK
C: DATA
C: <message 1>
C: .
S: 270 SIG
S: <signature 1>         | joined
C: PASS
S: 260 OK                | split at 3
C: QUIT
C: <close>
C: <exit any>
)");
}

TEST(SaidClientScenarios, WriteDownSignaturesOfWhichAPartIsSaid) {
  const std::string text = body_of({.steps = {{.segments = {"260 OK\n"}},
                                              {.segments = {"270 SIG\n"}},
                                              {.segments = {signature(1).substr(0, 32) + "\n"}}},
                                    .messages = {"a"}});
  EXPECT_TRUE(text.contains("signature-file \"" + signature(1) + "\\n\"\n")) << text;
  EXPECT_TRUE(text.ends_with("C: FAIL\nor <close>\n")) << text;
}

TEST(SaidClientScenarios, ExpectThatItEnds) {
  EXPECT_EQ(body_of({.steps = {{.end = SaidEnd::kHalfClose}}, .messages = {"a"}}),
            "message   a\n\nC: HELLO\nS: <half-close>\nC: <close>\nC: <exit any>\n");
  EXPECT_EQ(body_of({.steps = {{.segments = {"26"}, .end = SaidEnd::kClose}}, .messages = {"a"}}),
            "message   a\n\nC: HELLO\nS: raw \"26\"\nS: <close>\nC: <exit any>\n");
}

TEST(SaidClientScenarios, HaveNoMistakesWhateverWasSaid) {
  for (const char* name : {"line", "crlf"}) {
    const chat::Profile& profile = *chat::find_profile(name);
    const ServerSpeaker speaker(profile);
    Mutator mutator(profile, speaker, 5);
    for (int i = 0; i < 100; ++i) {
      const std::string text = scenario_of(profile, mutator.mutate(mutator.walk(), mutator.walk()));
      Scenario scenario;
      ASSERT_EQ(check_source(text, "finding", scenario), "") << text;
      ASSERT_EQ(print(scenario), text);
    }
  }
}

}  // namespace
}  // namespace chatspec
