#include "harness/explore/exploration.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "harness/explore/learn/tested_equivalence.h"
#include "harness/explore/program_teacher.h"
#include "harness/explore/protocol/answer.h"
#include "harness/explore/protocol/planned_client_conversation.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

// So many differences are shown again, and told.
constexpr std::size_t kMostFindings = 50;
// For which there is so much of the time once more.
constexpr int kPartToShow = 4;

learning::AskSettings make_ask_settings(learning::Names& outputs) {
  return {.ends =
              [&outputs](learning::Output output) {
                return output >= 0 && ends_connection(outputs.name(output));
              },
          .after_end = outputs.intern(kEndedAnswer)};
}

// Up to the first answer that is another one. Nothing where there is none.
std::optional<ExplorationFinding> find_first_difference(const learning::MealyMachine& reference,
                                                        const learning::Names& outputs,
                                                        std::span<const learning::Symbol> word,
                                                        std::span<const learning::Output> came) {
  const auto expected = outputs_of(reference, word);
  for (std::size_t i = 0; i < std::min(came.size(), expected.size()); ++i) {
    if (came[i] == expected[i]) continue;
    return ExplorationFinding{
        .word = learning::Word(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(i + 1)),
        .expected = outputs.name(expected[i]),
        .came = outputs.name(came[i])};
  }
  return std::nullopt;
}

// Whether the protocol leaves open that the last symbol of a word is answered so.
using IsOpen = std::function<bool(std::span<const learning::Symbol> word, std::string_view came)>;

// Adds what is different to what was found; a word that is answered as it should be, to what was
// not shown again.
void note_shown(Exploration& done, const learning::Names& outputs, const IsOpen& is_open,
                const learning::Difference& difference, std::span<const learning::Output> came) {
  auto finding = find_first_difference(done.reference.machine, outputs, difference.witness, came);
  if (!finding) {
    done.not_shown_again.push_back(difference.witness);
    return;
  }
  if (is_open(finding->word, finding->came)) return;
  finding->strays_after = std::min(difference.access.size() + 1, finding->word.size());
  const bool is_known = std::ranges::any_of(
      done.findings, [&](const ExplorationFinding& known) { return known.word == finding->word; });
  if (!is_known) done.findings.push_back(*std::move(finding));
}

void show_again(Exploration& done, const learning::Names& outputs, const IsOpen& is_open,
                ProgramTeacher& teacher, TimePoint end) {
  const auto& differences = done.compared.differences;
  const std::size_t count = std::min(kMostFindings, differences.size());
  std::vector<learning::Word> witnesses;
  for (std::size_t i = 0; i < count; ++i) witnesses.push_back(differences[i].witness);
  const auto shown = teacher.answer_all_afresh(witnesses, end);
  for (std::size_t i = 0; i < count; ++i) {
    if (shown[i]) note_shown(done, outputs, is_open, differences[i], *shown[i]);
  }
  done.left_out = differences.size() -
                  static_cast<std::size_t>(std::ranges::count_if(
                      shown, [](const learning::Answer& answer) { return answer.has_value(); }));
  std::ranges::stable_sort(done.findings, {}, [](const auto& one) { return one.word.size(); });
}

}  // namespace

bool Exploration::is_whole() const {
  return counts.answered > 0 && !learned.guarantee.is_budget_used &&
         (learned.end == learning::LearnEnd::kConforms ||
          learned.end == learning::LearnEnd::kLearned);
}

bool Exploration::conforms() const {
  return is_whole() && findings.empty() && not_shown_again.empty() && left_out == 0 &&
         std::ranges::all_of(unstable, &learning::UnstablePlace::is_decided);
}

namespace {

// A program and its protocol, all of it borrowed.
struct Subject {
  WordAsker& asker;
  const chat::Profile& profile;
  const Clock& clock;
  const ReferenceMachine& reference;
  const IsOpen& is_open;
};

Exploration explore(const Subject& subject, const ExplorationSettings& settings, TimePoint begin,
                    learning::Names outputs) {
  const ReferenceMachine& reference = subject.reference;
  ProgramTeacher teacher({.asker = subject.asker,
                          .jobs = settings.jobs,
                          .profile = subject.profile,
                          .alphabet = settings.alphabet,
                          .outputs = outputs,
                          .prior = reference.machine});
  learning::AskedWords words(teacher, reference.machine.inputs(), make_ask_settings(outputs));
  learning::TestedEquivalence equivalence(words, {.extra_states = settings.extra_states,
                                                  .seed = settings.seed,
                                                  .prior = &reference.machine,
                                                  .is_good = {}});
  learning::Learned learned =
      learn(words, equivalence, {.seed = settings.seed, .prior = &reference.machine});
  learned.machine = minimise(learned.machine);
  Exploration done{
      .alphabet = settings.alphabet, .reference = reference, .learned = std::move(learned)};
  done.compared = compare(done.learned.machine, done.reference.machine);
  show_again(done, outputs, subject.is_open, teacher,
             subject.clock.now() + settings.time / kPartToShow);
  done.unstable = words.unstable_places();
  done.counts = subject.asker.counts();
  done.end = subject.asker.end();
  done.duration = subject.clock.now() - begin;
  done.outputs = std::move(outputs);
  return done;
}

// What this client makes of a line where a signature is due; what is asked last of it says so.
OnNoSignature see_on_no_signature(WordAsker& asker, const chat::Profile& profile) {
  const std::vector<Said> steps{
      Said(),
      {.segments = {chat::encode_unit(profile, profile.ok)}},
      {.segments = {chat::encode_announcement(profile) + chat::encode_unit(profile, "500 No")}}};
  const auto asked = asker.ask(0, [&](std::span<const std::string> answers) {
    return answers.size() < steps.size() ? std::optional(SaidNext{.said = steps[answers.size()]})
                                         : std::nullopt;
  });
  const bool closes = asked && asked->size() == steps.size() && ends_closed(asked->back());
  return closes ? OnNoSignature::kCloses : OnNoSignature::kFails;
}

// A client chooses what it does with what is no signature, once or each time.
bool is_open_to_client(const chat::Profile& profile, const SaidAlphabet& alphabet,
                       std::span<const learning::Symbol> word, std::string_view came) {
  const PlannedConversation plan = plan_client_conversation(
      profile, make_learned_signatures(profile),
      {.steps = say_word(profile, alphabet, word), .messages = make_learned_messages()});
  return plan.steps.size() == word.size() + 1 && plan.steps.back().next.expected.allows(came);
}

}  // namespace

Exploration explore_server(const ServerSource& source, const ExplorationSettings& settings,
                           const Interrupt& interrupt) {
  const TimePoint begin = source.clock.now();
  learning::Names outputs;
  outputs.intern(kNothingAnswer);
  const ReferenceMachine reference =
      make_reference_machine(source.profile, settings.alphabet, outputs);
  ServerWordAsker asker({.source = source,
                         .interrupt = interrupt,
                         .seed = settings.seed,
                         .jobs = settings.jobs,
                         .end = begin + settings.time});
  const IsOpen is_open = [](std::span<const learning::Symbol>, std::string_view) { return false; };
  return explore({.asker = asker,
                  .profile = source.profile,
                  .clock = source.clock,
                  .reference = reference,
                  .is_open = is_open},
                 settings, begin, std::move(outputs));
}

Exploration explore_client(const ClientSource& source, const ExplorationSettings& settings,
                           const Interrupt& interrupt) {
  const TimePoint begin = source.clock.now();
  ClientWordAsker asker({.source = source,
                         .interrupt = interrupt,
                         .seed = settings.seed,
                         .end = begin + settings.time},
                        make_learned_messages());
  learning::Names outputs;
  outputs.intern(kNothingAnswer);
  const ReferenceMachine reference = make_client_machine(
      source.profile, settings.alphabet, see_on_no_signature(asker, source.profile), outputs);
  const IsOpen is_open = [&](std::span<const learning::Symbol> word, std::string_view came) {
    return is_open_to_client(source.profile, settings.alphabet, word, came);
  };
  return explore({.asker = asker,
                  .profile = source.profile,
                  .clock = source.clock,
                  .reference = reference,
                  .is_open = is_open},
                 settings, begin, std::move(outputs));
}

}  // namespace chatspec
