#include "harness/language_server/framing.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

namespace chatspec::language_server {
namespace {

constexpr std::string_view kHeadersEnd = "\r\n\r\n";
constexpr std::string_view kLength = "content-length:";

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

// Whether the text is nothing but whole lines `NAME: VALUE`, as `Content-Type: …` is one.
bool are_headers(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    const std::string_view name = text.substr(0, text.find(':'));
    const bool is_named =
        !name.empty() && name.size() < end &&
        std::ranges::all_of(
            name,
            [](char c) { return c == '-' || std::isalnum(static_cast<unsigned char>(c)) != 0; });
    if (end == text.npos || !is_named) return false;
    text.remove_prefix(end + 2);
  }
  return true;
}

struct Headers {
  std::size_t length = 0;      // of the message after them
  bool is_all_theirs = false;  // whether nothing else stands in front of them
};

// The last length that the text names, so that what an earlier message left in front of it does no
// harm.
std::optional<Headers> read_headers(std::string_view text) {
  const std::string lower = lower_case(text);
  const std::size_t at = lower.rfind(kLength);
  if (at == lower.npos) return std::nullopt;
  std::size_t begin = at + kLength.size();
  while (begin < text.size() && text[begin] == ' ') ++begin;
  const std::size_t end = std::min(text.find("\r\n", begin), text.size());
  Headers headers;
  const auto read = std::from_chars(text.data() + begin, text.data() + end, headers.length);
  if (read.ec != std::errc() || read.ptr != text.data() + end) return std::nullopt;
  headers.is_all_theirs = are_headers(text.substr(0, at));
  return headers;
}

}  // namespace

void MessageReader::add(std::string_view bytes) {
  buffer_ += bytes;
}

std::optional<std::expected<std::string, std::string>> MessageReader::next() {
  const std::size_t end = buffer_.find(kHeadersEnd);
  if (end == buffer_.npos) {
    if (buffer_.size() <= kMaxHeaderBytes) return std::nullopt;
    // What may be the beginning of a header is kept.
    buffer_.erase(0, buffer_.size() - kLength.size() - kHeadersEnd.size());
    return std::unexpected("there is no end of the header lines");
  }
  const auto headers = read_headers(std::string_view(buffer_).substr(0, end));
  const std::size_t begin = end + kHeadersEnd.size();
  if (!headers || headers->length > kMaxMessageBytes) {
    buffer_.erase(0, begin);
    return std::unexpected(
        headers
            ? fmt::format("a message has at most {} bytes", kMaxMessageBytes)
            : "the header lines have no `Content-Length: N`, which counts the bytes after them");
  }
  if (!headers->is_all_theirs) {
    const std::size_t at = lower_case(std::string_view(buffer_).substr(0, end)).rfind(kLength);
    buffer_.erase(0, at);
    return std::unexpected("something stands in front of the header lines");
  }
  if (buffer_.size() < begin + headers->length) return std::nullopt;
  std::string message = buffer_.substr(begin, headers->length);
  buffer_.erase(0, begin + headers->length);
  return message;
}

std::string frame(std::string_view message) {
  return fmt::format("Content-Length: {}\r\n\r\n{}", message.size(), message);
}

}  // namespace chatspec::language_server
