// Takes the text of a message off a stream and hands it on, unescaped, without holding more of it
// than a few bytes.
//
// In a profile with line ends, a line that is the bare terminator ends the text. In one without,
// the terminator ends it where it begins a line and the bytes given to one call of next() end with
// it (PROTOCOL.md, "Profiles").
//
// Throughput counts here: sessions shall be about as fast as the hash. Lines and escape characters
// are therefore found with memchr over whole spans, and only the beginning of a line is looked at
// byte by byte.

#pragma once

#include <cstdint>
#include <expected>
#include <limits>
#include <optional>
#include <string_view>

#include "reference/profile.h"
#include "reference/text_sink.h"
#include "reference/unit_reader.h"

namespace chat {

class MessageDecoder {
 public:
  static constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

  // The text that has ended.
  struct Message {
    std::uint64_t lines = 0;
    std::uint64_t bytes = 0;  // unescaped, without line ends

    friend bool operator==(const Message&, const Message&) = default;
  };

  // Borrows both. `max_bytes` bounds Message::bytes.
  MessageDecoder(const Profile& profile, TextSink& sink, std::uint64_t max_bytes = kNoLimit);

  // Takes from the front of `input` what belongs to the message. Gives the message once its
  // terminator was received, and is ready for the next one then; nothing where more is needed; an
  // error where the text is too long.
  std::expected<std::optional<Message>, FrameError> next(std::string_view& input);

 private:
  enum class LineStart { kUndecided, kText, kTerminator };

  LineStart read_line_start(std::string_view& input);
  void read_text(std::string_view& input);
  void unescape(std::string_view piece);
  void put(std::string_view piece);
  bool is_escaped(char c) const;

  const Profile* profile_;
  TextSink* sink_;
  std::uint64_t max_bytes_;
  Message message_;

  bool at_line_start_ = true;  // so far the line is the first matched_ bytes of the terminator
  std::size_t matched_ = 0;
  bool carriage_return_held_ = false;  // a CR that belongs to the line end if an LF follows
  bool escape_held_ = false;           // an escape character whose next byte is not there
};

}  // namespace chat
