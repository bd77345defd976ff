// Where a machine differs from another that it should be equal to, each deviation once.

#pragma once

#include <optional>
#include <vector>

#include "harness/explore/learn/mealy_machine.h"

namespace chatspec::learning {

enum class DifferenceKind {
  kOutput,   // an edge with another output
  kNext,     // the right output, but to a state that goes on as another one of the prior does
  kNoState,  // the right output, but to a state that has no counterpart in the prior
};

struct Difference {
  DifferenceKind kind{};
  State prior_state = kInitial;  // where they were still alike
  State state = kInitial;        // the machine's there
  Word access{};                 // a shortest word to it, which both answer alike
  Symbol input = 0;              // the edge that differs
  Output expected = kUnknownOutput;
  Output seen = kUnknownOutput;

  // To which state the edge should lead, and to which one of the prior's the machine's comes
  // closest (kOutput, kNext); nothing where there is none.
  State expected_next = kInitial;
  std::optional<State> seen_next{};

  // A shortest word through this edge whose outputs differ.
  Word witness{};
};

// How an edge of the machine or of the prior stands in a picture of both.
enum class EdgeStatus {
  kSame,     // both have it
  kMissing,  // only the prior
  kOther,    // only the machine
};

struct ComparedEdge {
  State from = kInitial;  // ComparedMachines::states
  Symbol input = 0;
  State to = kInitial;
  Output output = kUnknownOutput;
  EdgeStatus status = EdgeStatus::kSame;
};

// A state of the prior, of the machine, or of both, which do the same as far as they were paired.
struct ComparedState {
  std::optional<State> of_prior{};
  std::optional<State> of_machine{};
};

struct ComparedMachines {
  std::vector<Difference> differences{};  // shortest witness first
  std::vector<ComparedState> states{};    // the pair of initial states first
  std::vector<ComparedEdge> edges{};
};

// Both have the same inputs and outputs and are minimal (minimise()). Edges of which nothing is
// known are no differences.
ComparedMachines compare(const MealyMachine& machine, const MealyMachine& prior);

}  // namespace chatspec::learning
