#include "harness/explore/protocol/alphabet.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

using chat::Profile;
using chat::Role;

std::span<const SaidSymbol> symbols_of(Role speaker) {
  return speaker == Role::kClient ? client_symbols() : server_symbols();
}

bool can_say(const SaidSymbol& symbol, const Profile& profile) {
  return symbol.say(profile, 0).has_value();
}

// In `bare` a text and its terminator are one unit, and nothing else says a text.
bool is_default_of(const SaidSymbol& symbol, const Profile& profile) {
  if (profile.has_line_ends()) return symbol.is_default;
  return symbol.name == "text" ||
         (symbol.is_default && symbol.name != "line" && symbol.name != "escaped");
}

const SaidSymbol* find_symbol(Role speaker, std::string_view name) {
  const auto symbols = symbols_of(speaker);
  const auto found = std::ranges::find(symbols, name, &SaidSymbol::name);
  return found == symbols.end() ? nullptr : &*found;
}

std::string hint_for_symbol(Role speaker, std::string_view name) {
  std::vector<std::string_view> names;
  for (const SaidSymbol& symbol : symbols_of(speaker)) names.push_back(symbol.name);
  const std::string_view near = chat::closest_name(name, names);
  return near.empty() ? fmt::format("there are: {}", fmt::join(names, " "))
                      : fmt::format("did you mean {}?", near);
}

}  // namespace

Said say_symbol(const Profile& profile, const SaidAlphabet& alphabet, learning::Symbol symbol,
                std::size_t place) {
  auto said = symbol_of(alphabet, symbol).say(profile, place);
  assert(said && "an alphabet has what its profile can say");
  return *std::move(said);
}

std::vector<Said> say_word(const Profile& profile, const SaidAlphabet& alphabet,
                           std::span<const learning::Symbol> word) {
  std::vector<Said> said;
  for (const learning::Symbol symbol : word)
    said.push_back(say_symbol(profile, alphabet, symbol, said.size()));
  return said;
}

SaidAlphabet default_alphabet(const Profile& profile, Role speaker) {
  SaidAlphabet alphabet{.speaker = speaker};
  for (const SaidSymbol& symbol : symbols_of(speaker)) {
    if (is_default_of(symbol, profile) && can_say(symbol, profile))
      alphabet.symbols.push_back(&symbol);
  }
  return alphabet;
}

std::expected<SaidAlphabet, std::string> parse_alphabet(std::string_view names,
                                                        const Profile& profile, Role speaker) {
  constexpr std::string_view kBetween = ", \t\n";
  SaidAlphabet alphabet{.speaker = speaker};
  const auto add = [&](const SaidSymbol& symbol) {
    auto& chosen = alphabet.symbols;
    if (std::ranges::find(chosen, &symbol) == chosen.end()) chosen.push_back(&symbol);
  };
  for (std::size_t at = names.find_first_not_of(kBetween); at != names.npos;
       at = names.find_first_not_of(kBetween, at)) {
    const std::string_view name =
        names.substr(at, std::min(names.find_first_of(kBetween, at), names.size()) - at);
    at += name.size();
    if (name == "all") {
      for (const SaidSymbol& symbol : symbols_of(speaker)) {
        if (can_say(symbol, profile)) add(symbol);
      }
      continue;
    }
    const SaidSymbol* symbol = find_symbol(speaker, name);
    if (!symbol)
      return std::unexpected(fmt::format("no symbol is called {}; {}", chat::quote(name),
                                         hint_for_symbol(speaker, name)));
    if (!can_say(*symbol, profile))
      return std::unexpected(
          fmt::format("{} cannot be said in the profile {}", name, profile.name));
    add(*symbol);
  }
  if (alphabet.symbols.empty()) return std::unexpected("no symbol is named");
  return alphabet;
}

std::string describe_alphabet(Role speaker) {
  std::string text;
  for (const SaidSymbol& symbol : symbols_of(speaker))
    text += fmt::format("  {:<11} {}{}\n", symbol.name, symbol.meaning,
                        symbol.is_default ? "" : " (only where it is named)");
  return text;
}

std::string show_word(const SaidAlphabet& alphabet, std::span<const learning::Symbol> word) {
  std::vector<std::string_view> names;
  for (const learning::Symbol symbol : word) names.push_back(symbol_of(alphabet, symbol).name);
  return fmt::format("{}", fmt::join(names, " "));
}

}  // namespace chatspec
