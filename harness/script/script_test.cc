// What a script says besides its steps' bytes, which dump_test.cc has in tables.

#include "harness/script/script.h"

#include <gtest/gtest.h>

#include "harness/scenario/source.h"

namespace chatspec {
namespace {

Scenario checked(const std::string& source) {
  Scenario scenario;
  EXPECT_EQ(check_source(source, "t", scenario), "");
  return scenario;
}

const std::string kOneMessage =
    "scenario  t\ncovers    SIG-1 HELLO-1\nrole      both\nmessage   <random 8>\n\n"
    "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\nS: <signature 1>\n";

const chat::Profile& line_profile() {
  return *chat::find_profile("line");
}

TEST(Script, KnowsWhereEachStepBeginsInItsFile) {
  const Script script =
      make_script(checked(kOneMessage), "a/b", {.role = Role::kServer, .profile = line_profile()});
  std::vector<std::size_t> lines;
  for (const Step& step : script.steps) lines.push_back(step.line);
  EXPECT_EQ(lines, (std::vector<std::size_t>{6, 7, 8, 9, 11, 12})) << "the text is one step";
}

TEST(Script, IsTheSameForOneSeedAndCaseAndAnotherForEachOther) {
  const Scenario scenario = checked(kOneMessage);
  const auto materials = [&](std::string_view id, std::uint64_t seed) {
    const Script script =
        make_script(scenario, id, {.role = Role::kServer, .profile = line_profile(), .seed = seed});
    return std::pair(script.materials.keys, script.materials.messages);
  };
  EXPECT_EQ(materials("a/b", 1), materials("a/b", 1));
  EXPECT_NE(materials("a/b", 1).first, materials("a/b", 2).first);
  EXPECT_NE(materials("a/b", 1).second, materials("a/b", 2).second);
  EXPECT_NE(materials("a/b", 1).first, materials("a/c", 1).first);
}

TEST(Script, SaysWhatTheSignatureIsOfSoThatADifferenceCanBeExplained) {
  const Script script =
      make_script(checked(kOneMessage), "a/b", {.role = Role::kServer, .profile = line_profile()});
  const Expectation& signature = script.steps.back().alternatives.front();
  EXPECT_EQ(signature.subject, Subject::kSignature);
  EXPECT_EQ(signature.message, 1U);
  EXPECT_EQ(signature.key, 1U);
}

// VERDICT-2: the harness plays a server whose client decides.
TEST(Script, SendsTheReplyToFailWhereTheClientHasSaidIt) {
  const Step step{.shown = {},
                  .bytes = "261 GOOD\n",
                  .bytes_after_fail = "262 BAD\n",
                  .cuts = {},
                  .alternatives = {}};
  EXPECT_EQ(bytes_to_send(step, line_profile(), "HELLO\nDATA\n.\nFAIL\n"), "262 BAD\n");
  EXPECT_EQ(bytes_to_send(step, line_profile(), "HELLO\nDATA\n.\nPASS\n"), "261 GOOD\n");
  EXPECT_EQ(bytes_to_send(step, line_profile(), "FAIL\nPASS\n"), "261 GOOD\n");
  EXPECT_EQ(bytes_to_send(step, line_profile(), ""), "261 GOOD\n");
  const Step always{.shown = {}, .bytes = "260 OK\n", .cuts = {}, .alternatives = {}};
  EXPECT_EQ(bytes_to_send(always, line_profile(), "FAIL\n"), "260 OK\n");
}

}  // namespace
}  // namespace chatspec
