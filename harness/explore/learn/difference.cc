// States are paired by walking both machines at once from their initial states, breadth first,
// along edges with the same output. Such an edge leads to a pair of states; which of the prior's
// states the machine's one stands for is decided by how similar they are, so that an edge to the
// wrong state is one difference, and not one for each edge behind it:
// - where it was paired with another before, or is more similar to another, the edge leads to a
//   wrong state;
// - where it is similar to none, or the prior's state has its counterpart already, it is a state
//   that the prior does not have;
// - else they are a pair, from which the walk goes on.
//
// Two states are as similar as their edges are on average: not at all where the outputs differ,
// else to a part by the outputs, to the rest by how similar the next states are. (Walkinshaw and
// Bogdanov, Automated comparison of state-based software models, TOSEM 2013, score states in that
// way.)

#include "harness/explore/learn/difference.h"

#include <algorithm>
#include <utility>

namespace chatspec::learning {
namespace {

// How much of an edge's similarity comes from the states behind it.
constexpr double kBehind = 0.6;
// After so many rounds what is further away counts less than a thousandth.
constexpr int kRounds = 14;
// States that are less similar are no counterparts.
constexpr double kLeastSimilarity = 0.5;

class Similarity {
 public:
  Similarity(const MealyMachine& machine, const MealyMachine& prior)
      : prior_states_(static_cast<std::size_t>(prior.states())),
        scores_(static_cast<std::size_t>(machine.states()) * prior_states_, 1.0) {
    for (int round = 0; round < kRounds; ++round) refine(machine, prior);
  }

  double of(State state, State prior_state) const {
    return scores_[static_cast<std::size_t>(state) * prior_states_ +
                   static_cast<std::size_t>(prior_state)];
  }

  State most_similar(State state) const {
    const auto row = scores_.begin() +
                     static_cast<std::ptrdiff_t>(static_cast<std::size_t>(state) * prior_states_);
    const auto end = row + static_cast<std::ptrdiff_t>(prior_states_);
    return static_cast<State>(std::max_element(row, end) - row);
  }

 private:
  void refine(const MealyMachine& machine, const MealyMachine& prior) {
    std::vector<double> refined;
    refined.reserve(scores_.size());
    for (State state = 0; state < machine.states(); ++state) {
      for (State other = 0; other < prior.states(); ++other) {
        double sum = 0;
        for (Symbol input = 0; input < machine.inputs(); ++input) {
          const MealyStep step = machine.step(state, input);
          const MealyStep expected = prior.step(other, input);
          if (step.output != expected.output) continue;
          sum += 1 - kBehind + kBehind * of(step.next, expected.next);
        }
        refined.push_back(sum / machine.inputs());
      }
    }
    scores_ = std::move(refined);
  }

  std::size_t prior_states_;
  std::vector<double> scores_;
};

class Comparison {
 public:
  Comparison(const MealyMachine& machine, const MealyMachine& prior)
      : machine_(machine),
        prior_(prior),
        similarity_(machine, prior),
        of_machine_(static_cast<std::size_t>(machine.states())),
        of_prior_(static_cast<std::size_t>(prior.states())) {}

  ComparedMachines compare() && {
    pair_up(kInitial, kInitial, {});
    for (std::size_t at = 0; at < pairs_.size(); ++at) {
      for (Symbol input = 0; input < machine_.inputs(); ++input) walk(at, input);
    }
    std::ranges::stable_sort(result_.differences, {}, [](const Difference& difference) {
      return difference.witness.size();
    });
    list_states();
    list_edges();
    return std::move(result_);
  }

 private:
  struct Pair {
    State state;
    State prior_state;
    Word access;
  };

  // The prior's counterpart of a state, once it has one.
  std::optional<State>& counterpart(State state) {
    return of_machine_[static_cast<std::size_t>(state)];
  }
  std::optional<State>& machine_state(State prior_state) {
    return of_prior_[static_cast<std::size_t>(prior_state)];
  }

  void pair_up(State state, State prior_state, Word access) {
    counterpart(state) = prior_state;
    machine_state(prior_state) = state;
    pairs_.push_back({state, prior_state, std::move(access)});
  }

  void walk(std::size_t at, Symbol input) {
    const Pair pair = pairs_[at];
    const MealyStep step = machine_.step(pair.state, input);
    const MealyStep expected = prior_.step(pair.prior_state, input);
    if (step.output == kUnknownOutput) return;
    Word access = pair.access;
    access.push_back(input);
    if (step.output != expected.output) {
      add(pair, input, DifferenceKind::kOutput, find_counterpart(step.next), access);
      return;
    }
    if (counterpart(step.next) == expected.next) return;
    const auto meant = find_counterpart(step.next);
    if (meant == expected.next && !machine_state(expected.next)) {
      pair_up(step.next, expected.next, std::move(access));
      return;
    }
    // A state that differs only by what is not known is none.
    const auto separating = find_separating_word(machine_, step.next, prior_, expected.next);
    if (!separating) return;
    access.insert(access.end(), separating->begin(), separating->end());
    const bool is_other = meant && meant != expected.next;
    add(pair, input, is_other ? DifferenceKind::kNext : DifferenceKind::kNoState,
        is_other ? meant : std::nullopt, std::move(access));
  }

  // Which state of the prior a state stands for.
  std::optional<State> find_counterpart(State state) {
    if (counterpart(state)) return counterpart(state);
    const State similar = similarity_.most_similar(state);
    if (similarity_.of(state, similar) < kLeastSimilarity) return std::nullopt;
    return similar;
  }

  void add(const Pair& pair, Symbol input, DifferenceKind kind, std::optional<State> seen_next,
           Word witness) {
    const MealyStep expected = prior_.step(pair.prior_state, input);
    result_.differences.push_back({.kind = kind,
                                   .prior_state = pair.prior_state,
                                   .state = pair.state,
                                   .access = pair.access,
                                   .input = input,
                                   .expected = expected.output,
                                   .seen = machine_.step(pair.state, input).output,
                                   .expected_next = expected.next,
                                   .seen_next = seen_next,
                                   .witness = std::move(witness)});
  }

  void list_states() {
    for (const Pair& pair : pairs_) {
      result_.states.push_back({.of_prior = pair.prior_state, .of_machine = pair.state});
    }
    for (State state = 0; state < prior_.states(); ++state) {
      if (!machine_state(state)) result_.states.push_back({.of_prior = state});
    }
    for (State state = 0; state < machine_.states(); ++state) {
      if (!counterpart(state)) result_.states.push_back({.of_machine = state});
    }
  }

  void list_edges() {
    std::vector<int> shown_prior(of_prior_.size());
    std::vector<int> shown_machine(of_machine_.size());
    for (std::size_t i = 0; i < result_.states.size(); ++i) {
      const ComparedState& shown = result_.states[i];
      if (shown.of_prior) shown_prior[static_cast<std::size_t>(*shown.of_prior)] = int(i);
      if (shown.of_machine) shown_machine[static_cast<std::size_t>(*shown.of_machine)] = int(i);
    }
    for (std::size_t i = 0; i < result_.states.size(); ++i) {
      const ComparedState& shown = result_.states[i];
      for (Symbol input = 0; input < machine_.inputs(); ++input) {
        std::optional<ComparedEdge> expected;
        std::optional<ComparedEdge> seen;
        if (shown.of_prior) {
          const MealyStep step = prior_.step(*shown.of_prior, input);
          expected = ComparedEdge{int(i), input, shown_prior[static_cast<std::size_t>(step.next)],
                                  step.output, EdgeStatus::kMissing};
        }
        if (shown.of_machine) {
          const MealyStep step = machine_.step(*shown.of_machine, input);
          seen = ComparedEdge{int(i), input, shown_machine[static_cast<std::size_t>(step.next)],
                              step.output, EdgeStatus::kOther};
        }
        if (seen && seen->output == kUnknownOutput) seen.reset();
        if (expected && seen && expected->to == seen->to && expected->output == seen->output) {
          expected->status = EdgeStatus::kSame;
          seen.reset();
        }
        if (expected) result_.edges.push_back(*expected);
        if (seen) result_.edges.push_back(*seen);
      }
    }
  }

  const MealyMachine& machine_;
  const MealyMachine& prior_;
  Similarity similarity_;
  std::vector<std::optional<State>> of_machine_;
  std::vector<std::optional<State>> of_prior_;
  std::vector<Pair> pairs_{};
  ComparedMachines result_{};
};

}  // namespace

ComparedMachines compare(const MealyMachine& machine, const MealyMachine& prior) {
  return Comparison(machine, prior).compare();
}

}  // namespace chatspec::learning
