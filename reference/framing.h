// How units and texts are put on the wire. unit_reader.h and message_decoder.h take them off again.

#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reference/profile.h"

namespace chat {

// The lines of a text, which are separated by LF; the empty text has none. Borrows from `text`.
std::vector<std::string_view> text_lines(std::string_view text);

// A command, a reply or a signature with its line end (FRAME-1).
std::string encode_unit(const Profile& profile, std::string_view word);

// The reply with which a signature comes, up to where the signature begins: with its line end where
// the signature is a unit of its own, and with a blank where it is not (DATA-4).
std::string encode_announcement(const Profile& profile);

// Every line of the text, escaped, with its line end; in a profile without line ends, with LF.
std::string encode_text(const Profile& profile, std::string_view text);

// The terminator with its line end.
std::string encode_terminator(const Profile& profile);

// Does what encode_text() does, in pieces. Borrows the profile and the text.
class TextEncoder {
 public:
  TextEncoder(const Profile& profile, std::string_view text);

  // Appends the next piece: about `max_bytes` at most, twice as many where everything is escaped,
  // and at least one.
  void append_to(std::string& out, std::size_t max_bytes);
  bool done() const { return rest_.empty() && !final_line_end_due_; }

 private:
  const Profile* profile_;
  std::string_view line_end_;
  std::string_view rest_;
  bool final_line_end_due_;
  bool at_line_start_ = true;
  std::array<bool, 256> special_{};  // by byte: escaped, or a line end
};

}  // namespace chat
