// What one side can say to the other in one step, right and wrong: the symbols of which the words
// are made that a program is asked.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "reference/profile.h"

namespace chatspec {

struct SaidSymbol {
  std::string_view name;     // as --alphabet names it; the same in every profile
  std::string_view meaning;  // for people: "a line of text that is escaped"
  bool is_default;           // whether it is asked where no alphabet is chosen
  // Nothing where the profile cannot say it. `place` is where the symbol stands in its word: texts
  // differ by it, so that no signature is another's.
  std::optional<Said> (*say)(const chat::Profile& profile, std::size_t place);
};

// All that there are, in the order in which they are listed.
std::span<const SaidSymbol> client_symbols();  // what a client says to a server …
std::span<const SaidSymbol> server_symbols();  // … and a server to a client

// The signatures of the file of a client whose machine is learned: the same for each message, so
// that it makes no difference for what is right which of them is due.
std::vector<std::string> make_learned_signatures(const chat::Profile& profile);

}  // namespace chatspec
