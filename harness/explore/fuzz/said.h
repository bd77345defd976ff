// What one side says to the other: bytes in segments, and what becomes of the connection then.

#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace chatspec {

// What becomes of the connection with something that is said. After all but kNone, nothing more can
// be said.
enum class SaidEnd {
  kNone,       // it stays open
  kHalfClose,  // we close our sending direction and listen on
  kClose,      // we close it
  kReset,      // we reset it
};

// What goes out before the next answer is listened for.
struct Said {
  std::vector<std::string> segments{};  // each when the one before has been read
  SaidEnd end = SaidEnd::kNone;

  friend bool operator==(const Said&, const Said&) = default;
};

// All that is said on one connection, and with what whoever hears it is started.
struct SaidConversation {
  std::vector<Said> steps{};
  std::size_t keys = 0;                 // that a server has
  std::vector<std::string> messages{};  // the texts of a client's file, their lines separated by LF

  friend bool operator==(const SaidConversation&, const SaidConversation&) = default;
};

// The bytes of all segments.
std::string bytes_of(const Said& said);
// Those of all steps and messages.
std::size_t size_of(const SaidConversation& conversation);

// As text that can be read back, a line for each segment: `say "HELLO\n"`, `then "…"` for what goes
// out in the same step when the one before has been read, and `half-close`, `close` or `reset`.
// `keys 3`, or `message "…"` for each message, comes first.
std::string write_said(const SaidConversation& conversation);
// The error is a sentence without a full stop, with the number of the line.
std::expected<SaidConversation, std::string> read_said(std::string_view text);

}  // namespace chatspec
