#include "reference/text/quote.h"

#include <array>
#include <optional>

#include <fmt/format.h>

#include "reference/text/printable.h"

namespace chat {
namespace {

struct ShortEscape {
  char letter;
  char byte;
};

constexpr std::array<ShortEscape, 6> kShortEscapes{
    {{'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'\\', '\\'}, {'"', '"'}, {'0', '\0'}}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<unsigned> hex_value(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

void append_escaped(std::string& out, char byte, bool before_digit) {
  if (!(byte == '\0' && before_digit)) {
    for (const ShortEscape& escape : kShortEscapes) {
      if (escape.byte == byte) {
        out += {'\\', escape.letter};
        return;
      }
    }
  }
  if (is_printable(byte)) {
    out += byte;
  } else {
    out += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
  }
}

std::unexpected<QuoteError> error_at(std::size_t offset, std::string message) {
  return std::unexpected(QuoteError{offset, std::move(message)});
}

}  // namespace

std::string escape_bytes(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    append_escaped(out, bytes[i], i + 1 < bytes.size() && is_digit(bytes[i + 1]));
  }
  return out;
}

std::string quote(std::string_view bytes) {
  return '"' + escape_bytes(bytes) + '"';
}

std::string quote_start(std::string_view bytes, std::size_t max_bytes) {
  if (bytes.size() <= max_bytes) return quote(bytes);
  return fmt::format("{}... ({} bytes)", quote(bytes.substr(0, max_bytes)), bytes.size());
}

std::expected<std::string, QuoteError> unquote(std::string_view inner) {
  std::string out;
  out.reserve(inner.size());
  for (std::size_t i = 0; i < inner.size(); ++i) {
    const char c = inner[i];
    if (c == '"') return error_at(i, "a double quote here must be written \\\"");
    if (c != '\\') {
      out += c;
      continue;
    }
    const std::size_t start = i++;
    if (i == inner.size()) return error_at(start, "a backslash must be written \\\\");
    if (inner[i] == 'x') {
      const auto high = i + 1 < inner.size() ? hex_value(inner[i + 1]) : std::nullopt;
      const auto low = i + 2 < inner.size() ? hex_value(inner[i + 2]) : std::nullopt;
      if (!high || !low) return error_at(start, "\\x needs two hexadecimal digits");
      out += static_cast<char>(*high * 16 + *low);
      i += 2;
      continue;
    }
    const ShortEscape* known = nullptr;
    for (const ShortEscape& escape : kShortEscapes) {
      if (escape.letter == inner[i]) known = &escape;
    }
    if (known == nullptr) {
      return error_at(start,
                      fmt::format("unknown escape \\{}; known are \\n \\r \\t \\\\ \\\" \\0 \\xHH",
                                  escape_bytes(inner.substr(start + 1, 1))));
    }
    if (known->byte == '\0' && i + 1 < inner.size() && is_digit(inner[i + 1])) {
      return error_at(start, "\\0 before a digit must be written \\x00");
    }
    out += known->byte;
  }
  return out;
}

}  // namespace chat
