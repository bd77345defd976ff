// Takes units (commands, replies, signatures) off a stream, however the stream is cut (FRAME-2,
// STREAM-1, STREAM-2).

#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/profile.h"

namespace chat {

inline constexpr std::size_t kDefaultMaxUnitBytes = 4096;

// Bytes that cannot be what the reader reads.
struct FrameError {
  std::string received;  // what was received, fit for a message: `a unit of more than 4096 bytes`
};

class UnitReader {
 public:
  // Borrows the profile. `max_bytes` bounds a unit without its line end, and with it the reader's
  // memory.
  explicit UnitReader(const Profile& profile, std::size_t max_bytes = kDefaultMaxUnitBytes);

  // Takes from the front of `input` what belongs to the next unit: gives the unit without its line
  // end, nothing where more is needed (all of `input` is taken then), or an error, after which the
  // reader cannot go on. In a profile without line ends a unit is known by its words, or by the
  // digits of a signature, and everything else is an error.
  std::expected<std::optional<std::string>, FrameError> next(std::string_view& input);

  // The bytes of a unit that is not complete. Valid until the next call of next().
  std::string_view pending() const { return pending_; }

 private:
  using Result = std::expected<std::optional<std::string>, FrameError>;

  Result next_line(std::string_view& input);
  Result next_word(std::string_view& input);
  bool is_word() const;
  bool begins_word() const;

  const Profile* profile_;
  std::size_t max_bytes_;
  std::vector<std::string> words_;  // those that are whole units
  std::string announcement_;        // what a signature stands after in its unit; may be empty
  std::string pending_;
};

}  // namespace chat
