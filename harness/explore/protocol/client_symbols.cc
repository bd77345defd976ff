// The symbols of a client, which ask a server.

#include <array>
#include <cctype>

#include <fmt/format.h>

#include "harness/explore/protocol/said_symbol.h"
#include "reference/framing.h"

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

constexpr std::array kSaidSymbols{
    SaidSymbol{"HELLO", "the command", true, command_of<&Profile::hello>},
    SaidSymbol{"DATA", "the command", true, command_of<&Profile::data>},
    SaidSymbol{"line", "a line of text", true, say_line},
    SaidSymbol{"escaped", "a line of text that is escaped", true, say_escaped},
    SaidSymbol{"empty", "an empty line", true, say_empty},
    SaidSymbol{".", "the terminator", true, say_terminator},
    SaidSymbol{"PASS", "the command", true, command_of<&Profile::pass>},
    SaidSymbol{"FAIL", "the command", true, command_of<&Profile::fail>},
    SaidSymbol{"QUIT", "the command", true, command_of<&Profile::quit>},
    SaidSymbol{"unknown", "a command that there is not", true, say_unknown},
    SaidSymbol{"cut", "DATA in two segments, the second when the first was read", true, say_cut},
    SaidSymbol{"message", "DATA, a line and the terminator in one segment", true, say_message},
    SaidSymbol{"end", "the end of what is sent (half-close)", true, say_end},
    SaidSymbol{"text", "a line and the terminator in one segment", false, say_text},
    SaidSymbol{"joined", "HELLO and DATA in one segment", false, say_joined},
    SaidSymbol{"half", "the first half of DATA, without a line end", false, say_half<0>},
    SaidSymbol{"rest", "the second half of DATA", false, say_half<1>},
    SaidSymbol{"long", "a line of 8 KiB", false, say_long},
    SaidSymbol{"hello", "HELLO in the other case", false, other_case_of<&Profile::hello>},
    SaidSymbol{"data", "DATA in the other case", false, other_case_of<&Profile::data>},
    SaidSymbol{"DATA-blank", "DATA with a blank after it", false, say_with_blank},
    SaidSymbol{"QUIT-more", "QUIT with a word after it", false, say_with_more},
    SaidSymbol{"close", "the end of the connection", false, say_close},
};

}  // namespace

std::span<const SaidSymbol> client_symbols() {
  return kSaidSymbols;
}

}  // namespace chatspec
