// Bytes of unknown origin as printable ASCII, and back. Whatever a peer or a file holds goes
// through here before a person sees it, so that it can neither hide nor drive a terminal.

#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

namespace chat {

// `bytes` with \n \r \t \\ \" \0 and \xHH for everything that is not printable ASCII. A NUL before
// a digit is \x00, since \0 before a digit would look like an octal number.
std::string escape_bytes(std::string_view bytes);

// The same in double quotes.
std::string quote(std::string_view bytes);

// At most `max_bytes` of `bytes`, quoted, and how many there are where that is not all.
std::string quote_start(std::string_view bytes, std::size_t max_bytes = 80);

struct QuoteError {
  std::size_t offset = 0;  // in the text given to unquote(), in bytes
  std::string message;

  friend bool operator==(const QuoteError&, const QuoteError&) = default;
};

// The inverse of escape_bytes(): `inner` is what stands between the quotes. Unknown escapes, a
// quote that is not escaped and \0 before a digit are errors; other bytes stand for themselves.
std::expected<std::string, QuoteError> unquote(std::string_view inner);

}  // namespace chat
