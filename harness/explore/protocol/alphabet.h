// The symbols by which a program is explored, and words of them.

#pragma once

#include <cstddef>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/protocol/said_symbol.h"
#include "reference/profile.h"
#include "reference/role.h"

namespace chatspec {

// In the order in which they were chosen.
struct SaidAlphabet {
  chat::Role speaker = chat::Role::kClient;  // whose symbols they are
  std::vector<const SaidSymbol*> symbols{};

  std::size_t size() const { return symbols.size(); }
  auto begin() const { return symbols.begin(); }
  auto end() const { return symbols.end(); }
  const SaidSymbol* operator[](std::size_t i) const { return symbols[i]; }
};

inline const SaidSymbol& symbol_of(const SaidAlphabet& alphabet, learning::Symbol symbol) {
  return *alphabet[static_cast<std::size_t>(symbol)];
}

// What a symbol says at that place of its word; the alphabet has what the profile can say.
Said say_symbol(const chat::Profile& profile, const SaidAlphabet& alphabet, learning::Symbol symbol,
                std::size_t place);
// A whole word, a step for each symbol.
std::vector<Said> say_word(const chat::Profile& profile, const SaidAlphabet& alphabet,
                           std::span<const learning::Symbol> word);

// All symbols that the speaker has, and the profile can say, as far as they are asked where no
// alphabet is chosen.
SaidAlphabet default_alphabet(const chat::Profile& profile,
                              chat::Role speaker = chat::Role::kClient);
// By names between commas or blanks; `all` stands for all that the profile can say. The error is a
// sentence without a full stop.
std::expected<SaidAlphabet, std::string> parse_alphabet(std::string_view names,
                                                        const chat::Profile& profile,
                                                        chat::Role speaker = chat::Role::kClient);
// A line for each symbol, for --help.
std::string describe_alphabet(chat::Role speaker);

// "HELLO DATA ."
std::string show_word(const SaidAlphabet& alphabet, std::span<const learning::Symbol> word);

}  // namespace chatspec
