#include "harness/explore/protocol/witness.h"

#include <gtest/gtest.h>

#include "harness/explore/protocol/answer.h"
#include "harness/explore/protocol/reference_machine.h"
#include "harness/scenario/printer.h"
#include "harness/scenario/source.h"

namespace chatspec {
namespace {

SaidAlphabet all_symbols() {
  return parse_alphabet("all", *chat::find_profile("line")).value();
}

learning::Word word_of(const SaidAlphabet& alphabet, const std::vector<std::string>& names) {
  learning::Word word;
  for (const std::string& name : names) {
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
      if (alphabet[i]->name == name) word.push_back(static_cast<learning::Symbol>(i));
    }
  }
  return word;
}

TEST(Witnesses, AreScenariosThatAnybodyCouldHaveWritten) {
  const SaidAlphabet alphabet = all_symbols();
  EXPECT_EQ(
      write_witness(alphabet, word_of(alphabet, {"HELLO", "DATA", "line", "escaped", ".", "FAIL"}),
                    "closed"),
      R"(# Found by exploring a server: expected 260 OK, came closed.
scenario  HELLO DATA line escaped . FAIL is answered as the protocol says
covers    VERDICT-2
level     must
role      server

message   "line 2"
          ".3 a\\b \\."

C: HELLO
S: 260 OK
C: DATA
C: line 2
C: \.3 a\\b \\\.         | apart
C: .                     | apart
S: 270 SIG
S: <signature 1>
C: FAIL
S: 260 OK
S: <silence>
)") << "it must not close, either";
}

TEST(Witnesses, SayWhatIsDueWhereNothingIs) {
  const SaidAlphabet alphabet = all_symbols();
  const std::string text = write_witness(
      alphabet, word_of(alphabet, {"HELLO", "message", "PASS", "cut", "half"}), "260 OK");
  EXPECT_TRUE(text.ends_with(R"(C: DATA                  | split at 2
C: raw "DA"
S: <silence>
)")) << text;
  EXPECT_TRUE(text.contains("key       <random 12 letters>\nkey       <random 12 letters>\n"))
      << text;
}

// Of each edge of a machine that does not lead after an end: the number of witnesses that were
// looked at.
std::size_t check_witnesses(const SaidAlphabet& alphabet, const learning::MealyMachine& machine,
                            const learning::Names& outputs) {
  std::size_t seen = 0;
  for (const auto& access : find_access_words(machine)) {
    for (learning::Symbol symbol = 0; symbol < machine.inputs(); ++symbol) {
      learning::Word word = access.value();
      const learning::State state = run(machine, word);
      if (outputs.name(machine.step(state, symbol).output) == kEndedAnswer) continue;
      word.push_back(symbol);
      const std::string text = write_witness(alphabet, word, "nothing");
      Scenario scenario;
      std::string warnings;
      EXPECT_EQ(check_source(text, "witness", scenario, &warnings), "") << text;
      EXPECT_EQ(warnings, "") << text;
      EXPECT_EQ(print(scenario), text);
      ++seen;
    }
  }
  return seen;
}

TEST(Witnesses, HaveNoMistakesWhateverTheWord) {
  const chat::Profile& line = *chat::find_profile("line");
  learning::Names outputs;
  const SaidAlphabet client = all_symbols();
  const auto server_machine = make_reference_machine(line, client, outputs).machine;
  EXPECT_GT(check_witnesses(client, server_machine, outputs), 100U);
  const auto server = parse_alphabet("all", line, chat::Role::kServer).value();
  const auto client_machine =
      make_client_machine(line, server, OnNoSignature::kFails, outputs).machine;
  EXPECT_GT(check_witnesses(server, client_machine, outputs), 50U);
}

TEST(Witnesses, NameTheRequirementThatIsNotMet) {
  const SaidAlphabet alphabet = all_symbols();
  const auto covered = [&](const std::vector<std::string>& names) {
    return find_requirements(alphabet, word_of(alphabet, names)).front();
  };
  EXPECT_EQ(covered({"DATA"}), "STATE-1");
  EXPECT_EQ(covered({"HELLO", "HELLO"}), "STATE-2");
  EXPECT_EQ(covered({"HELLO", "message", "QUIT"}), "STATE-3");
  EXPECT_EQ(covered({"HELLO", "DATA", "end"}), "END-1");
  EXPECT_EQ(covered({"HELLO", "close"}), "END-2");
  EXPECT_EQ(covered({"HELLO", "QUIT"}), "QUIT-3");
  EXPECT_EQ(covered({"HELLO", "cut"}), "STREAM-1");
  EXPECT_EQ(covered({"HELLO", "DATA", "line"}), "DATA-2");
}

}  // namespace
}  // namespace chatspec
