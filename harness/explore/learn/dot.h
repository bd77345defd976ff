// Machines as Graphviz DOT. (https://graphviz.org/doc/info/lang.html)

#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/learn/difference.h"
#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/learn/names.h"

namespace chatspec::learning {

// Names are escaped, whatever they hold: as printable ASCII, and for DOT.
std::string write_dot(const MealyMachine& machine, const Alphabet& alphabet);

// What a picture of two machines shows besides.
struct ComparedPicture {
  std::vector<std::string> state_names{};  // by compared state; none where there are no names
  std::optional<Output> left_out{};        // the output of edges that are not drawn
};

// Edges that both have are grey, those that are missing in the machine dashed, its own red.
std::string write_dot(const ComparedMachines& compared, const Alphabet& alphabet,
                      const ComparedPicture& picture = {});

struct DotError {
  std::size_t line = 0;  // 1 for the first
  std::string text{};
};

struct NamedMachine {
  MealyMachine machine;
  Alphabet alphabet{};
};

// Reads what learners write (the Automata Wiki's form, a part of DOT): a node or an edge per
// statement, each edge labelled "input/output", with or without spaces around. `__start0 -> s` says
// which state is the initial one; without it, it is the first node. Each state has each input once.
// At most 10,000 states and 1,000,000 edges.
std::expected<NamedMachine, DotError> read_dot(std::string_view text);

}  // namespace chatspec::learning
