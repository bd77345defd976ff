// What an exploration came to, for people.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/exploration.h"

namespace chatspec {

// "It is the protocol's machine", "It is not the protocol's machine: 3 differences", or why that is
// not known. Without a full stop.
std::string sum_up(const Exploration& done);

// "After HELLO DATA . FAIL, DATA is answered otherwise: expected nothing, came closed."
std::string tell(const Exploration& done, const ExplorationFinding& finding);

// What holds of whole states: "After HELLO message FAIL it goes on with nothing but QUIT."
std::vector<std::string> tell_states(const Exploration& done);

// Whether a compared state is that after the end of a connection, where nothing is answered.
bool is_over(const Exploration& done, std::size_t state);
// "after HELLO message": the shortest way to each compared state, over edges of either machine; or
// "over".
std::vector<std::string> name_states(const Exploration& done);

// What is worth a remark besides: what is guaranteed, what was not always the same, and on what
// silences rest.
std::vector<std::string> tell_remarks(const Exploration& done);

// "312 conversations in 0.6 s (520 a second), with 3 servers".
std::string tell_counts(const Exploration& done);

// All of it, in lines of so many columns. `shown`: at most so many differences.
std::string render_exploration(const Exploration& done, std::size_t shown, std::size_t columns);

}  // namespace chatspec
