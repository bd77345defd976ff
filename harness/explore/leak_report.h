// What a server keeps of its clients: for people, and for programs.

#pragma once

#include <cstddef>
#include <string>

#include "harness/explore/exploration_title.h"
#include "harness/explore/leaks.h"

namespace chatspec {

// "  a close within a text       24 clients   1 descriptor of each", a line with its line end.
std::string render_visited(const Visited& visited);
// What is to be said when all were watched: what each kind of thing that is kept went from and to,
// and a sentence about all. No line is longer than `columns`, as far as words allow.
std::string render_leaks(const Leaks& leaks, std::size_t columns);
// One object.
std::string render_leaks_json(const Leaks& leaks, const ExplorationTitle& title);

}  // namespace chatspec
