// What an exploration came to, for programs and as pictures.

#pragma once

#include <string>
#include <string_view>

#include "harness/explore/exploration.h"
#include "harness/explore/exploration_title.h"

namespace chatspec {

// Graphviz: what both machines have is grey, what the server's lacks dashed, what is its own red.
std::string render_exploration_dot(const Exploration& done);
// One object: what the report says, and the edges of both machines.
std::string render_exploration_json(const Exploration& done, const ExplorationTitle& title);
// A page that needs nothing else.
std::string render_exploration_page(const Exploration& done, const ExplorationTitle& title);

}  // namespace chatspec
