// Words are tried in the order in which they are likely to find something for what they cost:
// 1. each edge of the machine and the state behind it (round 0 of the complete suite);
// 2. what goes well, again and again: pumps, and random walks, half of which begin in a pump (a
//    program may break on the third message, where it would take many extra states to find that by
//    complete tests);
// 3. the rounds of the complete suite with ever more inputs between state and identification. All
// up
//    to round k find whatever has at most k states more.
// They are asked by batches, so that a teacher can play several at once.

#include "harness/explore/learn/tested_equivalence.h"

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "harness/explore/learn/test_suite.h"
#include "harness/explore/learn/walks.h"

namespace chatspec::learning {
namespace {

constexpr std::size_t kBatch = 64;
// A counterexample is believed when it was answered the same so many times.
constexpr int kLeastAnswers = 3;
// Words that were asked before cost little, but not nothing.
constexpr std::uint64_t kKnownWordsPerAsked = 50;

// Tries words against one machine until one is answered otherwise, or the budget is used up.
class Trial {
 public:
  Trial(AskedWords& words, const MealyMachine& machine, std::uint64_t most_words)
      : words_(words),
        machine_(machine),
        most_words_(most_words),
        asked_before_(words.statistics().words) {}

  // Whether to go on.
  bool add(const Word& word) {
    batch_.push_back(word);
    return batch_.size() < kBatch || flush();
  }

  bool flush() {
    std::vector<Word> batch = std::exchange(batch_, {});
    if (is_over()) return false;
    const std::uint64_t left = most_words_ - std::min(most_words_, count_asked());
    if (batch.size() > left) {
      batch.resize(left);
      is_budget_used_ = true;
    }
    if (auto asked = words_.ask_all(batch); !asked) return stop(asked.error());
    for (const Word& word : batch) {
      if (!try_known(word)) return false;
    }
    if (tried_ / kKnownWordsPerAsked > most_words_) is_budget_used_ = true;
    return !is_budget_used_;
  }

  const std::optional<Word>& counterexample() const { return counterexample_; }
  const std::optional<TeacherFailure>& failure() const { return failure_; }
  bool is_budget_used() const { return is_budget_used_; }
  std::uint64_t tried() const { return tried_; }

 private:
  bool is_over() const { return counterexample_ || failure_ || is_budget_used_; }
  std::uint64_t count_asked() const { return words_.statistics().words - asked_before_; }

  bool stop(const TeacherFailure& failure) {
    if (failure.kind == TeacherFailure::Kind::kBudget) {
      is_budget_used_ = true;
    } else {
      failure_ = failure;
    }
    return false;
  }

  bool try_known(const Word& word) {
    ++tried_;
    std::optional<Word> differing = find_difference(word);
    if (!differing) return true;
    // A system that does not always answer the same may have done so just now.
    while (differing && words_.is_doubtful(*differing, kLeastAnswers)) {
      if (auto asked = words_.confirm(*differing); !asked) return stop(asked.error());
      differing = find_difference(word);
    }
    if (!differing) return true;
    counterexample_ = std::move(differing);
    return false;
  }

  // The word up to the first output that is not the machine's.
  std::optional<Word> find_difference(const Word& word) const {
    const ObservationTree& tree = words_.tree();
    Node node = kRootNode;
    State state = kInitial;
    for (std::size_t i = 0; i < word.size(); ++i) {
      const MealyStep step = machine_.step(state, word[i]);
      const Node next = tree.next(node, word[i]);
      if (next == kNoNode) return std::nullopt;  // a vote has replaced it
      if (tree.output(node, word[i]) != step.output)
        return Word(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      node = next;
      state = step.next;
    }
    return std::nullopt;
  }

  AskedWords& words_;
  const MealyMachine& machine_;
  std::uint64_t most_words_;
  std::uint64_t asked_before_;
  std::vector<Word> batch_{};
  std::optional<Word> counterexample_{};
  std::optional<TeacherFailure> failure_{};
  bool is_budget_used_ = false;
  std::uint64_t tried_ = 0;
};

}  // namespace

TestedEquivalence::TestedEquivalence(AskedWords& words, TestSettings settings)
    : words_(words), settings_(std::move(settings)) {}

std::expected<std::optional<Word>, TeacherFailure> TestedEquivalence::find_counterexample(
    const MealyMachine& machine) {
  const MealyMachine smallest = minimise(machine);
  const auto identifiers = find_identifiers(smallest);
  const auto ends = [this](Output output) { return words_.ends(output); };
  guarantee_ = {};
  Trial trial(words_, smallest, settings_.most_words);
  const auto add = [&](const Word& word) { return trial.add(word); };
  const auto play_round = [&](int round) {
    if (!list_round(smallest, round, identifiers, ends, add) || !trial.flush()) return false;
    guarantee_.extra_states = round;
    return true;
  };
  const bool goes_on = play_round(0) && try_walks(smallest, add) && trial.flush();
  for (int round = 1; goes_on && round <= settings_.extra_states && play_round(round); ++round) {
  }
  guarantee_.words = trial.tried();
  guarantee_.is_budget_used = trial.is_budget_used();
  if (trial.failure()) return std::unexpected(*trial.failure());
  return trial.counterexample();
}

bool TestedEquivalence::try_walks(const MealyMachine& machine,
                                  const std::function<bool(const Word&)>& add) const {
  const auto ends = [this](Output output) { return words_.ends(output); };
  const auto lasts = [&](Output output) { return !ends(output); };
  const MealyMachine& followed = settings_.prior ? *settings_.prior : machine;
  const GoodPaths paths(followed, settings_.is_good ? settings_.is_good : lasts);
  const std::vector<Word> pumps = paths.list_pumps();
  if (!std::ranges::all_of(pumps, add)) return false;
  std::mt19937_64 random(settings_.seed);
  for (std::uint64_t i = 0; i < settings_.walks; ++i) {
    Word start;
    if (i % 2 == 1 && !pumps.empty()) {
      start = pumps[random() % pumps.size()];
      start.resize(random() % (start.size() + 1));
    }
    if (!add(walk(followed, paths, std::move(start), ends, random))) return false;
  }
  return true;
}

}  // namespace chatspec::learning
