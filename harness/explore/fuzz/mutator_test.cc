#include "harness/explore/fuzz/mutator.h"

#include <set>

#include <gtest/gtest.h>

#include "harness/explore/fuzz/client_speaker.h"
#include "harness/explore/fuzz/said_lines.h"
#include "harness/explore/fuzz/server_speaker.h"
#include "harness/explore/fuzz/shape.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

const chat::Profile& mutated_profile() {
  return *chat::find_profile("line");
}

SaidConversation happy() {
  return {.steps = in_lock_step(mutated_profile(), "HELLO\nDATA\na\n.\nPASS\nQUIT\n"), .keys = 20};
}

std::vector<SaidConversation> mutants(std::uint64_t seed, std::size_t count) {
  const ClientSpeaker speaker(mutated_profile(), {1, 20});
  Mutator mutator(mutated_profile(), speaker, seed);
  std::vector<SaidConversation> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(mutator.mutate(happy(), mutator.walk()));
  return made;
}

TEST(Mutators, AreTheSameForASeed) {
  EXPECT_EQ(mutants(7, 50), mutants(7, 50));
  EXPECT_NE(mutants(7, 50), mutants(8, 50));
}

TEST(Mutators, MakeWhatCanBeSaid) {
  for (const SaidConversation& mutant : mutants(1, 5000)) {
    EXPECT_FALSE(mutant.steps.empty());
    EXPECT_LE(mutant.steps.size(), kMostSaidSteps);
    EXPECT_LE(size_of(mutant), kMostSaidBytes);
    EXPECT_EQ(tidy(mutant), mutant);
    EXPECT_TRUE(mutant.keys == 1 || mutant.keys == 20);
  }
}

// Of each kind of change some, and no kind so often that there is little else.
TEST(Mutators, ChangeLinesBytesCutsAndEnds) {
  std::set<std::string> shapes;
  std::size_t cut = 0, joined = 0, ended = 0, long_lines = 0, odd = 0, few_keys = 0;
  const auto all = mutants(2, 3000);
  for (const SaidConversation& mutant : all) {
    shapes.insert(shape_of(mutated_profile(), mutant));
    few_keys += mutant.keys == 1 ? 1 : 0;
    for (const Said& step : mutant.steps) {
      cut += step.segments.size() > 1 ? 1 : 0;
      ended += step.end != SaidEnd::kNone ? 1 : 0;
      joined += step.segments.size() == 1 && step.segments[0].starts_with("HELLO\nDATA\n") ? 1 : 0;
      const std::string shape = shape_of(mutated_profile(), step);
      long_lines += shape.contains('L') && shape.contains('?') ? 1 : 0;
      odd += shape.contains("?h") || shape.contains("?n") ? 1 : 0;
    }
  }
  EXPECT_GT(shapes.size(), 1000U);
  for (const std::size_t seen : {cut, joined, ended, long_lines, odd, few_keys})
    EXPECT_GT(seen, all.size() / 200);
}

TEST(Mutators, WalkMostlyAsTheProtocolWants) {
  const ClientSpeaker speaker(mutated_profile(), {1, 20});
  Mutator mutator(mutated_profile(), speaker, 3);
  std::size_t in_order = 0;
  for (int i = 0; i < 200; ++i) {
    const auto walk = mutator.walk();
    ASSERT_GE(walk.steps.size(), 4U);
    EXPECT_EQ(bytes_of(walk.steps[0]), "HELLO\n");
    in_order += bytes_of(walk.steps[1]) == "DATA\n" ? 1U : 0U;
  }
  EXPECT_GT(in_order, 150U);
  EXPECT_LT(in_order, 200U);
}

TEST(SpoiltSignatures, AreOfTheSameFormFirst) {
  const std::string signature = make_said_signatures(mutated_profile()).front();
  const auto spoilt = spoil_signature(signature);
  for (std::size_t i = 0; i < spoilt.size(); ++i) {
    EXPECT_NE(spoilt[i], signature);
    EXPECT_EQ(chat::is_signature(mutated_profile(), spoilt[i]), i < kSpoiltSignatures) << spoilt[i];
  }
}

// What a server says to a client: its messages change with it.
TEST(Mutators, ChangeWhatAClientIsStartedWith) {
  const ServerSpeaker speaker(mutated_profile());
  Mutator mutator(mutated_profile(), speaker, 4);
  std::set<std::vector<std::string>> messages;
  std::size_t right = 0;
  const std::string first = make_said_signatures(mutated_profile()).front();
  for (int i = 0; i < 2000; ++i) {
    const auto walk = mutator.walk();
    const auto mutant = mutator.mutate(walk, mutator.walk());
    EXPECT_EQ(tidy(mutant), mutant);
    ASSERT_FALSE(mutant.messages.empty());
    EXPECT_LE(mutant.messages.size(), kMostSaidMessages);
    messages.insert(mutant.messages);
    for (const std::string& message : mutant.messages) EXPECT_FALSE(message.contains('\r'));
    for (const Said& step : walk.steps) right += bytes_of(step).contains(first) ? 1 : 0;
  }
  EXPECT_GT(messages.size(), 1000U);
  EXPECT_GT(right, 500U);
}

}  // namespace
}  // namespace chatspec
