// What a client can say to a server in one step, right and wrong: the symbols of which the words
// are made that a server is asked.

#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "harness/explore/learn/mealy_machine.h"
#include "reference/profile.h"

namespace chatspec {

struct ClientSymbol {
  std::string_view name;     // as --alphabet names it; the same in every profile
  std::string_view meaning;  // for people: "a line of text that is escaped"
  bool is_default;           // whether it is asked where no alphabet is chosen
  // Nothing where the profile cannot say it. `place` is where the symbol stands in its word: texts
  // differ by it, so that no signature is another's.
  std::optional<Said> (*say)(const chat::Profile& profile, std::size_t place);
};

// All there are, in the order in which they are listed.
std::span<const ClientSymbol> client_symbols();

// The symbols by which a server is explored, in the order in which they were chosen.
using ClientAlphabet = std::vector<const ClientSymbol*>;

inline const ClientSymbol& symbol_of(const ClientAlphabet& alphabet, learning::Symbol symbol) {
  return *alphabet[static_cast<std::size_t>(symbol)];
}

// What a symbol says at that place of its word; the alphabet has what the profile can say.
Said say_symbol(const chat::Profile& profile, const ClientAlphabet& alphabet,
                learning::Symbol symbol, std::size_t place);

// The default ones, as far as the profile can say them.
ClientAlphabet default_alphabet(const chat::Profile& profile);
// By names between commas or blanks; `all` stands for all that the profile can say. The error is a
// sentence without a full stop.
std::expected<ClientAlphabet, std::string> parse_alphabet(std::string_view names,
                                                          const chat::Profile& profile);
// A line for each symbol, for --help.
std::string describe_alphabet();

// "HELLO DATA ."
std::string show_word(const ClientAlphabet& alphabet, std::span<const learning::Symbol> word);

}  // namespace chatspec
