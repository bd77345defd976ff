// How messages of the Language Server Protocol follow one another in a stream of bytes: each after
// header lines, of which `Content-Length: N` counts its bytes, and an empty line. (LSP 3.17, "Base
// Protocol".)

#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace chatspec::language_server {

// A longer message is refused, so that no stream takes all memory. The largest scenario fits, with
// each of its bytes escaped.
inline constexpr std::size_t kMaxMessageBytes = std::size_t{128} << 20;
// More than this is no header.
inline constexpr std::size_t kMaxHeaderBytes = std::size_t{16} << 10;

// Takes a stream in pieces, as they come, and gives its messages. What is no header is told, and
// passed over up to the next one that is, so that a message of a wrong length costs itself and at
// most the next.
class MessageReader {
 public:
  void add(std::string_view bytes);

  // The next message, or what is wrong with what stands in front of it; nothing where more must
  // come first.
  std::optional<std::expected<std::string, std::string>> next();

 private:
  std::string buffer_;
};

// The message as it is sent.
std::string frame(std::string_view message);

}  // namespace chatspec::language_server
