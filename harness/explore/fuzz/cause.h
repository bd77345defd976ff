// What a finding is about, so that the same is told once.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chatspec {

struct FindingCause {
  std::string requirement{};  // the one that it rests on most
  std::string place{};        // what was due when it showed: "a command"
  std::string expected{};     // answers (answer.h) …
  std::string came{};

  friend bool operator==(const FindingCause&, const FindingCause&) = default;
  friend auto operator<=>(const FindingCause&, const FindingCause&) = default;
};

// An answer without what differs from case to case: what it quotes.
std::string generalise_answer(std::string_view answer);

// Where two answers part: the first part of each that the other does not have there, or "nothing".
// What comes after is mostly a consequence, and differs with what is said besides.
struct Parting {
  std::string expected;  // generalised …
  std::string came;      // … as this

  friend bool operator==(const Parting&, const Parting&) = default;
};
Parting find_parting(std::string_view expected, std::string_view came);

// In one line that can be read back: "STATE-2; a command; closed; 260 OK". Of the answers it has
// where they part.
std::string write_cause(const FindingCause& cause);

// The line of a finding's scenario that holds its cause.
std::string write_cause_comment(const FindingCause& cause);
// The cause, as write_cause() has it, that a scenario's source names; nothing where it names none.
std::optional<std::string> find_cause_comment(std::string_view source);

}  // namespace chatspec
