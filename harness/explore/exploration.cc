#include "harness/explore/exploration.h"

#include <algorithm>

#include "harness/explore/answer.h"
#include "harness/explore/learn/tested_equivalence.h"

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

// Adds what is different to what was found; a word that is answered as it should be, to what was
// not shown again.
void note_shown(Exploration& done, const learning::Names& outputs,
                const learning::Difference& difference, std::span<const learning::Output> came) {
  auto finding = find_first_difference(done.reference.machine, outputs, difference.witness, came);
  if (!finding) {
    done.not_shown_again.push_back(difference.witness);
    return;
  }
  finding->strays_after = std::min(difference.access.size() + 1, finding->word.size());
  const bool is_known = std::ranges::any_of(
      done.findings, [&](const ExplorationFinding& known) { return known.word == finding->word; });
  if (!is_known) done.findings.push_back(*std::move(finding));
}

void show_again(Exploration& done, const learning::Names& outputs, ServerTeacher& teacher,
                TimePoint end) {
  const auto& differences = done.compared.differences;
  const std::size_t count = std::min(kMostFindings, differences.size());
  std::vector<learning::Word> witnesses;
  for (std::size_t i = 0; i < count; ++i) witnesses.push_back(differences[i].witness);
  const auto shown = teacher.answer_all_afresh(witnesses, end);
  for (std::size_t i = 0; i < count; ++i) {
    if (shown[i]) note_shown(done, outputs, differences[i], *shown[i]);
  }
  done.left_out = differences.size() -
                  static_cast<std::size_t>(std::ranges::count_if(
                      shown, [](const learning::Answer& answer) { return answer.has_value(); }));
  std::ranges::stable_sort(done.findings, {}, [](const auto& one) { return one.word.size(); });
}

}  // namespace

bool Exploration::is_whole() const {
  return counts.answered > 0 && (learned.end == learning::LearnEnd::kConforms ||
                                 learned.end == learning::LearnEnd::kLearned);
}

bool Exploration::conforms() const {
  return is_whole() && findings.empty() && not_shown_again.empty() && left_out == 0 &&
         std::ranges::all_of(unstable, &learning::UnstablePlace::is_decided);
}

Exploration explore_server(const ServerSource& source, const ExplorationSettings& settings,
                           const Interrupt& interrupt) {
  const TimePoint begin = source.clock.now();
  learning::Names outputs;
  outputs.intern(kNothingAnswer);
  const ReferenceMachine reference =
      make_reference_machine(source.profile, settings.alphabet, outputs);
  ServerTeacher teacher({.asking = {.source = source,
                                    .interrupt = interrupt,
                                    .seed = settings.seed,
                                    .jobs = settings.jobs,
                                    .end = begin + settings.time},
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
  show_again(done, outputs, teacher, source.clock.now() + settings.time / kPartToShow);
  done.unstable = words.unstable_places();
  done.counts = teacher.counts();
  done.end = teacher.end();
  done.duration = source.clock.now() - begin;
  done.outputs = std::move(outputs);
  return done;
}

}  // namespace chatspec
