// L# (Vaandrager, Garhewal, Rot, Wißmann: A New Approach for Active Automata Learning Based on
// Apartness, TACAS 2022). What was asked is a tree; nodes that answered the same symbols otherwise
// are apart, so they are different states. The basis is nodes that are pairwise apart, the frontier
// what is one input after them (basis.h). One of these rules applies until none does:
//
// 1. Promotion: a node of the frontier that is apart from the whole basis is a new state of it.
// 2. Extension: an edge of the basis that was not asked yet is asked; those first of which the
// prior
//    says that a new state is after, then those that cost least. All edges come before separation,
//    since new states show by their outputs, and separation costs less when most states are known.
// 3. Rebuilding, with a prior: where the prior says that the frontier has reached a state that the
//    basis does not have, the prior's own words are asked that should tell it from those that it
//    could be taken for.
// 4. Separation: an edge that may lead to several states of the basis is asked symbols that tell
//    them apart; those that may lead to most come first. So are the symbols after an extension
//    chosen. Symbols depend on what came before them (separation.h: an adaptive distinguishing
//    sequence where there is one, else as much as pays), and what is likely is tried to be shown at
//    the least cost (likelihood.h).
// 5. Equivalence: each edge has one state left to which it can lead. That is a machine; where the
//    tree itself does not answer as it does, or else where a test finds a word that does not, the
//    word leads to an edge that is not what it seemed (counterexample.h).
//
// Rule 3 and the prior's part in 2 and 4 are after Kruger, Junges, Rot: State Matching and
// Multiple References in Adaptive Active Automata Learning (2024, arXiv 2406.19714): rebuilding and
// prioritised separation. Before all, the prior itself is tested: a system that is as it should be
// need not be learned. What ends a session has known successors (observation_tree.h), which is the
// gain of error-aware learning (arXiv 2602.21674).
//
// One answer that is wrong would make a state that there is not, so a state is believed only when
// the words by which it differs were answered the same so many times.
//
// Each rule makes the tree or the basis grow, which has at most `most_states` states. An answer
// that was outvoted by later ones (asked_words.h) takes what was concluded from it along: the basis
// is made anew from the tree, with nothing asked again.

#include "harness/explore/learn/learner.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "harness/explore/learn/basis.h"
#include "harness/explore/learn/counterexample.h"
#include "harness/explore/learn/likelihood.h"
#include "harness/explore/learn/prior_match.h"
#include "harness/explore/learn/separation.h"

namespace chatspec::learning {
namespace {

// An edge with one candidate more is separated first even if its word is so much longer.
constexpr double kDepthOfCandidate = 10;

using Done = std::expected<void, TeacherFailure>;

// A machine of the basis, each edge to the first of its candidates.
MealyMachine make_machine(const Basis& basis, const ObservationTree& tree) {
  MealyMachine machine(tree.inputs());
  while (machine.states() < basis.states()) machine.add_state();
  for (const BasisEdge& edge : basis.edges()) {
    if (edge.node == kNoNode) continue;
    const State next = edge.candidates.empty() ? edge.from : edge.candidates.front();
    machine.set(edge.from, edge.input, {next, tree.output(basis.node(edge.from), edge.input)});
  }
  return machine;
}

// Follows a plan: which symbol comes after `first`, from what was answered.
class PlanFollower {
 public:
  PlanFollower(Symbol first, const Separation* plan) : first_(first), plan_(plan) {}

  std::optional<Symbol> operator()(std::span<const Output> seen) const {
    if (seen.empty()) return first_;
    const Separation* at = plan_;
    for (const Output output : seen.subspan(1)) {
      if (!at) break;
      const auto then = at->then.find(output);
      at = then == at->then.end() ? nullptr : then->second.get();
    }
    if (!at) return std::nullopt;
    return at->input;
  }

 private:
  Symbol first_;
  const Separation* plan_;
};

class Learner {
 public:
  Learner(AskedWords& words, Equivalence& equivalence, const LearnSettings& settings)
      : words_(words),
        equivalence_(equivalence),
        settings_(settings),
        tree_(words.tree()),
        basis_(std::in_place, tree_),
        revision_(words.revision()) {}

  Learned run() {
    if (settings_.prior) {
      auto is_right = test(*settings_.prior);
      if (!is_right) return fail(is_right.error());
      if (*is_right) return end(LearnEnd::kConforms, *settings_.prior);
    }
    while (true) {
      if (words_.revision() != revision_) restart();
      if (basis_->states() > settings_.most_states)
        return end(LearnEnd::kTooManyStates, make_machine(*basis_, tree_));
      match_.reset();
      if (settings_.prior) match_ = std::make_unique<PriorMatch>(tree_, *basis_, *settings_.prior);
      const auto is_learned = apply_rule();
      if (!is_learned) return fail(is_learned.error());
      if (*is_learned) return end(LearnEnd::kLearned, *hypothesis_);
    }
  }

 private:
  // Applies one of the rules. Whether it was the last, and the hypothesis is right.
  std::expected<bool, TeacherFailure> apply_rule() {
    if (const BasisEdge* found = find_new_state()) {
      if (const auto word = find_doubtful_word(*found)) return go_on(words_.confirm(*word));
      basis_->promote(*found);
      return false;
    }
    const BasisEdge* edge = choose_open_edge();
    if (edge && edge->node == kNoNode) return go_on(ask_about(*edge));
    if (const auto word = match_ ? match_->find_rebuilding_word() : std::nullopt)
      return go_on(ask(*word));
    if (edge) return go_on(ask_about(*edge));
    hypothesis_ = make_machine(*basis_, tree_);
    if (const auto conflict = find_conflict(tree_, *hypothesis_))
      return go_on(use_counterexample(words_, *basis_, *hypothesis_, *conflict));
    return test(*hypothesis_);
  }

  // Whether the system does as the machine says. If not, the tree knows it then.
  std::expected<bool, TeacherFailure> test(const MealyMachine& machine) {
    ++hypotheses_;
    const std::uint64_t asked_before = words_.statistics().words;
    const auto found = equivalence_.find_counterexample(machine);
    // Tests have asked more than the basis was told of.
    if (words_.statistics().words != asked_before) restart();
    if (!found) return std::unexpected(found.error());
    if (*found) return go_on(ask(**found));
    return !find_conflict(tree_, machine);  // a vote may have come after the test
  }

  static std::expected<bool, TeacherFailure> go_on(const Done& done) {
    if (!done) return std::unexpected(done.error());
    return false;
  }

  // The basis anew from the tree, with the same states as far as they still are such.
  void restart() {
    if (words_.revision() != revision_) ++restarts_;
    revision_ = words_.revision();
    const std::vector<Word> accesses = basis_->accesses();
    basis_.emplace(tree_);
    for (const Word& access : accesses) {
      const BasisEdge* edge = basis_->find_edge(access);
      if (edge && basis_->is_new_state(*edge)) basis_->promote(*edge);
    }
  }

  Done ask(std::span<const Symbol> word) {
    if (Answer answered = words_.answer(word); !answered) return std::unexpected(answered.error());
    note(word);
    return {};
  }

  void note(std::span<const Symbol> word) {
    if (words_.revision() == revision_) basis_->note(word);
  }

  Learned end(LearnEnd how, MealyMachine machine) const {
    return {.machine = std::move(machine),
            .end = how,
            .guarantee = equivalence_.guarantee(),
            .hypotheses = hypotheses_,
            .restarts = restarts_};
  }

  Learned fail(const TeacherFailure& failure) {
    while (const BasisEdge* edge = find_new_state()) basis_->promote(*edge);
    Learned learned = end(LearnEnd::kNotAnswered, make_machine(*basis_, tree_));
    learned.failure = failure;
    return learned;
  }

  // The one with the shortest word.
  const BasisEdge* find_new_state() const {
    const BasisEdge* best = nullptr;
    for (const BasisEdge& edge : basis_->edges()) {
      if (!basis_->is_new_state(edge)) continue;
      if (!best || tree_.depth(edge.node) < tree_.depth(best->node)) best = &edge;
    }
    return best;
  }

  // Of the words by which a new state differs from the basis, one that was not answered often
  // enough.
  std::optional<Word> find_doubtful_word(const BasisEdge& edge) const {
    for (State state = 0; state < basis_->states(); ++state) {
      const Node other = basis_->node(state);
      const Word witness = tree_.find_witness(edge.node, other).value_or(Word());
      for (const Node node : {edge.node, other}) {
        Word word = tree_.access(node);
        word.insert(word.end(), witness.begin(), witness.end());
        if (words_.is_doubtful(word, settings_.least_answers)) return word;
      }
    }
    return std::nullopt;
  }

  // The next edge to extend or to separate: the one with the least rank.
  const BasisEdge* choose_open_edge() const {
    const BasisEdge* best = nullptr;
    std::optional<Rank> best_rank;
    for (const BasisEdge& edge : basis_->edges()) {
      if (edge.node != kNoNode && edge.candidates.size() < 2) continue;
      const Rank rank = rank_of(edge);
      if (best_rank && *best_rank <= rank) continue;
      best = &edge;
      best_rank = rank;
    }
    return best;
  }

  struct Rank {
    int stage = 0;
    double cost = 0;
    std::uint64_t chance = 0;
    friend auto operator<=>(const Rank&, const Rank&) = default;
  };

  // By chance, but always the same for an edge, so that what is asked changes little by a restart.
  std::uint64_t draw(const BasisEdge& edge) const {
    std::uint64_t mixed = settings_.seed * 0x9e3779b97f4a7c15U +
                          static_cast<std::uint64_t>(edge.from) * 0xbf58476d1ce4e5b9U +
                          static_cast<std::uint64_t>(edge.input) * 0x94d049bb133111ebU;
    mixed ^= mixed >> 30U;
    mixed *= 0xbf58476d1ce4e5b9U;
    mixed ^= mixed >> 27U;
    mixed *= 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }

  Rank rank_of(const BasisEdge& edge) const {
    const int depth = tree_.depth(basis_->node(edge.from));
    if (edge.node != kNoNode)
      return {2, depth - kDepthOfCandidate * static_cast<double>(edge.candidates.size()),
              draw(edge)};
    const bool is_expected_new = match_ && !match_->is_found(match_->behind(edge));
    return {is_expected_new ? 0 : 1, static_cast<double>(depth), draw(edge)};
  }

  // Extends an edge, or separates its candidates, or both by the same word.
  Done ask_about(const BasisEdge& edge) {
    const std::vector<double> weights = weigh_states(tree_, *basis_, edge, match_.get());
    std::vector<Candidate> candidates;
    for (State state = 0; state < basis_->states(); ++state) {
      const bool may_be = edge.node == kNoNode ||
                          std::ranges::find(edge.candidates, state) != edge.candidates.end();
      if (may_be)
        candidates.push_back({basis_->node(state), weights[static_cast<std::size_t>(state)]});
    }
    const Node from = basis_->node(edge.from);
    const auto plan = plan_separation(tree_, candidates, tree_.depth(from) + 1);
    auto asked = words_.explore(from, PlanFollower(edge.input, plan.get()));
    if (!asked) return std::unexpected(asked.error());
    Word word = tree_.access(from);
    word.insert(word.end(), asked->begin(), asked->end());
    note(word);
    return {};
  }

  AskedWords& words_;
  Equivalence& equivalence_;
  const LearnSettings& settings_;
  const ObservationTree& tree_;
  std::optional<Basis> basis_;
  std::unique_ptr<PriorMatch> match_{};  // of the prior with the basis
  std::optional<MealyMachine> hypothesis_{};
  std::uint64_t revision_;
  std::uint64_t hypotheses_ = 0;
  std::uint64_t restarts_ = 0;
};

}  // namespace

Learned learn(AskedWords& words, Equivalence& equivalence, const LearnSettings& settings) {
  return Learner(words, equivalence, settings).run();
}

}  // namespace chatspec::learning
