#include "harness/explore/protocol/reference_machine.h"

#include <gtest/gtest.h>

#include "harness/explore/protocol/answer.h"

namespace chatspec {
namespace {

struct Made {
  SaidAlphabet alphabet;
  learning::Names outputs{};
  ReferenceMachine reference;
};

Made make(std::string_view profile, std::string_view names = "") {
  const chat::Profile& spoken = *chat::find_profile(profile);
  SaidAlphabet alphabet =
      names.empty() ? default_alphabet(spoken) : parse_alphabet(names, spoken).value();
  learning::Names outputs;
  auto reference = make_reference_machine(spoken, alphabet, outputs);
  return {std::move(alphabet), std::move(outputs), std::move(reference)};
}

// "260 OK; closed; …" for a word of names.
std::string answers(const Made& made, std::string_view names) {
  learning::Word word;
  std::string text(names);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    for (std::size_t i = 0; i < made.alphabet.size(); ++i) {
      if (made.alphabet[i]->name == text.substr(at, end - at))
        word.push_back(static_cast<learning::Symbol>(i));
    }
    at = end + 1;
  }
  std::string all;
  for (const learning::Output output : outputs_of(made.reference.machine, word))
    all += (all.empty() ? "" : "; ") + made.outputs.name(output);
  return all;
}

TEST(ReferenceMachines, HaveAStateForEachThingThatIsDue) {
  const Made made = make("line");
  EXPECT_EQ(made.reference.state_names,
            (std::vector<std::string>{"at the beginning", "after HELLO", "after DATA",
                                      "after HELLO DATA", "after HELLO message"}))
      << "HELLO is due, a command, nothing (it is over), text, a verdict";
  EXPECT_EQ(make("crlf").reference.machine, made.reference.machine);
}

TEST(ReferenceMachines, KnowInBareWhereATextIsWithinALine) {
  const Made made = make("bare");
  EXPECT_EQ(made.reference.machine.states(), 6);
  EXPECT_EQ(answers(made, "HELLO DATA ."), "260 OK; nothing; 270 SIG, signature right");
  EXPECT_EQ(answers(made, "HELLO DATA HELLO . text"),
            "260 OK; nothing; nothing; nothing; 270 SIG, signature right");
}

TEST(ReferenceMachines, HaveStatesForHalvesOfCommands) {
  const Made made = make("line", "HELLO DATA QUIT half rest");
  EXPECT_EQ(answers(made, "HELLO half rest"), "260 OK; nothing; nothing");
  EXPECT_EQ(answers(made, "HELLO half DATA QUIT"), "260 OK; nothing; closed; ended");
  EXPECT_EQ(answers(made, "rest"), "closed");
}

TEST(ReferenceMachines, AnswerAsTheProtocolSays) {
  const Made made = make("line");
  EXPECT_EQ(answers(made, "HELLO DATA line escaped . PASS cut empty . FAIL message FAIL QUIT"),
            "260 OK; nothing; nothing; nothing; 270 SIG, signature right; 260 OK; nothing; "
            "nothing; 270 SIG, signature right; 260 OK; 270 SIG, signature right; 260 OK; closed");
  EXPECT_EQ(answers(made, "HELLO HELLO HELLO"), "260 OK; closed; ended");
  EXPECT_EQ(answers(made, "HELLO message QUIT"), "260 OK; 270 SIG, signature right; closed");
  EXPECT_EQ(answers(made, "HELLO DATA end"), "260 OK; nothing; closed");
}

Made make_client(OnNoSignature on_no_signature) {
  const chat::Profile& line = *chat::find_profile("line");
  SaidAlphabet alphabet =
      parse_alphabet("260 270 right wrong 500 end", line, chat::Role::kServer).value();
  learning::Names outputs;
  auto reference = make_client_machine(line, alphabet, on_no_signature, outputs);
  return {std::move(alphabet), std::move(outputs), std::move(reference)};
}

TEST(ReferenceMachines, OfAClientKnowHowManyMessagesAreLeft) {
  const Made fails = make_client(OnNoSignature::kFails);
  EXPECT_EQ(
      answers(fails, "260 270 right 260 270 wrong 260 end"),
      "DATA, text right; nothing; PASS; DATA, text right; nothing; FAIL; QUIT, closed; ended");
  EXPECT_EQ(answers(fails, "260 270 500"), "DATA, text right; nothing; FAIL");
  EXPECT_EQ(answers(fails, "260 right 260"), "DATA, text right; closed; ended");
  EXPECT_EQ(answers(make_client(OnNoSignature::kCloses), "260 270 500 260"),
            "DATA, text right; nothing; closed; ended");
}

TEST(ReferenceMachines, SpeakProfilesOfOnesOwn) {
  const auto profile =
      chat::parse_profile("name own\nerror-reply \"500 No\"\nok \"250 Fine\"\n", "own");
  const SaidAlphabet alphabet = default_alphabet(*profile);
  learning::Names outputs;
  const auto made = make_reference_machine(*profile, alphabet, outputs);
  EXPECT_EQ(outputs.name(made.machine.step(learning::kInitial, 0).output), "250 Fine");
  EXPECT_EQ(outputs.name(made.machine.step(learning::kInitial, 1).output), "500 No, closed");
}

}  // namespace
}  // namespace chatspec
