#include "harness/explore/alphabet.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/framing.h"
#include "reference/quote.h"
#include "reference/suggest.h"

namespace chatspec {
namespace {

using chat::Profile;
using MaybeSaid = std::optional<Said>;

// Longer than any command, and than the buffer of most who read a line at a time.
constexpr std::size_t kLongLineBytes = 8192;
constexpr std::string_view kNoCommand = "NONSENSE";

Said whole(std::string bytes) {
  return {.segments = {std::move(bytes)}};
}

Said unit(const Profile& profile, std::string_view word) {
  return whole(chat::encode_unit(profile, word));
}

template <std::string Profile::* command>
MaybeSaid command_of(const Profile& profile, std::size_t) {
  return unit(profile, profile.*command);
}

// In letters of the other case; nothing where it has none.
template <std::string Profile::* command>
MaybeSaid other_case_of(const Profile& profile, std::size_t) {
  std::string word = profile.*command;
  for (char& c : word) {
    const auto byte = static_cast<unsigned char>(c);
    c = static_cast<char>(std::isupper(byte) != 0 ? std::tolower(byte) : std::toupper(byte));
  }
  return word == profile.*command ? MaybeSaid() : unit(profile, word);
}

std::string plain_line(std::size_t place) {
  return fmt::format("line {}", place);
}

MaybeSaid say_line(const Profile& profile, std::size_t place) {
  return whole(chat::encode_text(profile, plain_line(place)));
}

// Both characters that the built-in profiles escape, and what must not be unescaped twice.
MaybeSaid say_escaped(const Profile& profile, std::size_t place) {
  return whole(chat::encode_text(profile, fmt::format(".{} a\\b \\.", place)));
}

MaybeSaid say_empty(const Profile& profile, std::size_t) {
  if (!profile.has_line_ends()) return std::nullopt;
  return unit(profile, "");
}

MaybeSaid say_long(const Profile& profile, std::size_t) {
  return whole(chat::encode_text(profile, std::string(kLongLineBytes, 'x')));
}

MaybeSaid say_terminator(const Profile& profile, std::size_t) {
  return whole(chat::encode_terminator(profile));
}

std::string line_and_terminator(const Profile& profile, std::size_t place) {
  return chat::encode_text(profile, plain_line(place)) + chat::encode_terminator(profile);
}

MaybeSaid say_text(const Profile& profile, std::size_t place) {
  return whole(line_and_terminator(profile, place));
}

MaybeSaid say_message(const Profile& profile, std::size_t place) {
  if (!profile.has_line_ends()) return std::nullopt;
  return whole(chat::encode_unit(profile, profile.data) + line_and_terminator(profile, place));
}

MaybeSaid say_joined(const Profile& profile, std::size_t) {
  if (!profile.has_line_ends()) return std::nullopt;
  return whole(chat::encode_unit(profile, profile.hello) +
               chat::encode_unit(profile, profile.data));
}

MaybeSaid say_cut(const Profile& profile, std::size_t) {
  if (!profile.has_line_ends() || profile.data.size() < 2) return std::nullopt;
  const std::string bytes = chat::encode_unit(profile, profile.data);
  const std::size_t half = profile.data.size() / 2;
  return Said{.segments = {bytes.substr(0, half), bytes.substr(half)}};
}

template <std::size_t half>
MaybeSaid say_half(const Profile& profile, std::size_t place) {
  const auto both = say_cut(profile, place);
  return both ? MaybeSaid(whole(both->segments[half])) : std::nullopt;
}

MaybeSaid say_unknown(const Profile& profile, std::size_t) {
  return unit(profile, kNoCommand);
}

MaybeSaid say_with_blank(const Profile& profile, std::size_t) {
  return unit(profile, profile.data + " ");
}

MaybeSaid say_with_more(const Profile& profile, std::size_t) {
  return unit(profile, profile.quit + " now");
}

MaybeSaid say_end(const Profile&, std::size_t) {
  return Said{.segments = {}, .end = SaidEnd::kHalfClose};
}

MaybeSaid say_close(const Profile&, std::size_t) {
  return Said{.segments = {}, .end = SaidEnd::kClose};
}

constexpr std::array kSymbols{
    ClientSymbol{"HELLO", "the command", true, command_of<&Profile::hello>},
    ClientSymbol{"DATA", "the command", true, command_of<&Profile::data>},
    ClientSymbol{"line", "a line of text", true, say_line},
    ClientSymbol{"escaped", "a line of text that is escaped", true, say_escaped},
    ClientSymbol{"empty", "an empty line", true, say_empty},
    ClientSymbol{".", "the terminator", true, say_terminator},
    ClientSymbol{"PASS", "the command", true, command_of<&Profile::pass>},
    ClientSymbol{"FAIL", "the command", true, command_of<&Profile::fail>},
    ClientSymbol{"QUIT", "the command", true, command_of<&Profile::quit>},
    ClientSymbol{"unknown", "a command that there is not", true, say_unknown},
    ClientSymbol{"cut", "DATA in two segments, the second when the first was read", true, say_cut},
    ClientSymbol{"message", "DATA, a line and the terminator in one segment", true, say_message},
    ClientSymbol{"end", "the end of what is sent (half-close)", true, say_end},
    ClientSymbol{"text", "a line and the terminator in one segment", false, say_text},
    ClientSymbol{"joined", "HELLO and DATA in one segment", false, say_joined},
    ClientSymbol{"half", "the first half of DATA, without a line end", false, say_half<0>},
    ClientSymbol{"rest", "the second half of DATA", false, say_half<1>},
    ClientSymbol{"long", "a line of 8 KiB", false, say_long},
    ClientSymbol{"hello", "HELLO in the other case", false, other_case_of<&Profile::hello>},
    ClientSymbol{"data", "DATA in the other case", false, other_case_of<&Profile::data>},
    ClientSymbol{"DATA-blank", "DATA with a blank behind it", false, say_with_blank},
    ClientSymbol{"QUIT-more", "QUIT with a word behind it", false, say_with_more},
    ClientSymbol{"close", "the end of the connection", false, say_close},
};

bool can_say(const ClientSymbol& symbol, const Profile& profile) {
  return symbol.say(profile, 0).has_value();
}

// In `bare` a text and its terminator are one unit, and nothing else says a text.
bool is_default_of(const ClientSymbol& symbol, const Profile& profile) {
  if (profile.has_line_ends()) return symbol.is_default;
  return symbol.name == "text" ||
         (symbol.is_default && symbol.name != "line" && symbol.name != "escaped");
}

const ClientSymbol* find_symbol(std::string_view name) {
  const auto found = std::ranges::find(kSymbols, name, &ClientSymbol::name);
  return found == kSymbols.end() ? nullptr : &*found;
}

std::string hint_for_symbol(std::string_view name) {
  std::vector<std::string_view> names;
  for (const ClientSymbol& symbol : kSymbols) names.push_back(symbol.name);
  const std::string_view near = chat::closest_name(name, names);
  return near.empty() ? fmt::format("there are: {}", fmt::join(names, " "))
                      : fmt::format("did you mean {}?", near);
}

}  // namespace

std::span<const ClientSymbol> client_symbols() {
  return kSymbols;
}

Said say_symbol(const Profile& profile, const ClientAlphabet& alphabet, learning::Symbol symbol,
                std::size_t place) {
  auto said = symbol_of(alphabet, symbol).say(profile, place);
  assert(said && "an alphabet has what its profile can say");
  return *std::move(said);
}

ClientAlphabet default_alphabet(const Profile& profile) {
  ClientAlphabet alphabet;
  for (const ClientSymbol& symbol : kSymbols) {
    if (is_default_of(symbol, profile) && can_say(symbol, profile)) alphabet.push_back(&symbol);
  }
  return alphabet;
}

std::expected<ClientAlphabet, std::string> parse_alphabet(std::string_view names,
                                                          const Profile& profile) {
  constexpr std::string_view kBetween = ", \t\n";
  ClientAlphabet alphabet;
  const auto add = [&](const ClientSymbol& symbol) {
    if (std::ranges::find(alphabet, &symbol) == alphabet.end()) alphabet.push_back(&symbol);
  };
  for (std::size_t at = names.find_first_not_of(kBetween); at != names.npos;
       at = names.find_first_not_of(kBetween, at)) {
    const std::string_view name =
        names.substr(at, std::min(names.find_first_of(kBetween, at), names.size()) - at);
    at += name.size();
    if (name == "all") {
      for (const ClientSymbol& symbol : kSymbols) {
        if (can_say(symbol, profile)) add(symbol);
      }
      continue;
    }
    const ClientSymbol* symbol = find_symbol(name);
    if (!symbol)
      return std::unexpected(
          fmt::format("no symbol is called {}; {}", chat::quote(name), hint_for_symbol(name)));
    if (!can_say(*symbol, profile))
      return std::unexpected(
          fmt::format("{} cannot be said in the profile {}", name, profile.name));
    add(*symbol);
  }
  if (alphabet.empty()) return std::unexpected("no symbol is named");
  return alphabet;
}

std::string describe_alphabet() {
  std::string text;
  for (const ClientSymbol& symbol : kSymbols)
    text += fmt::format("  {:<11} {}{}\n", symbol.name, symbol.meaning,
                        symbol.is_default ? "" : " (only where it is named)");
  return text;
}

std::string show_word(const ClientAlphabet& alphabet, std::span<const learning::Symbol> word) {
  std::vector<std::string_view> names;
  for (const learning::Symbol symbol : word) names.push_back(symbol_of(alphabet, symbol).name);
  return fmt::format("{}", fmt::join(names, " "));
}

}  // namespace chatspec
