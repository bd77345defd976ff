#include "harness/scenario/plain_text.h"

#include <cctype>

#include <fmt/format.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

// How many characters at the beginning of `text` would be an escape if they stood in quotes.
std::size_t length_of_escape(std::string_view text) {
  constexpr std::string_view kLetters = "nrt0";
  constexpr std::size_t kHexEscape = 4;
  if (text.size() < 2 || text.front() != '\\') return 0;
  if (kLetters.contains(text[1])) return 2;
  const auto is_hex = [&](std::size_t i) {
    return std::isxdigit(static_cast<unsigned char>(text[i])) != 0;
  };
  return text[1] == 'x' && text.size() >= kHexEscape && is_hex(2) && is_hex(3) ? kHexEscape : 0;
}

bool is_like_a_comment(std::string_view text, std::size_t at) {
  return text[at] == '#' && at > 0 && text[at - 1] == ' ' &&
         (at + 1 == text.size() || text[at + 1] == ' ');
}

}  // namespace

std::optional<Doubt> find_doubt(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (const std::size_t length = length_of_escape(text.substr(at)); length > 0) {
      const std::string_view escape = text.substr(at, length);
      const bool ends_line = at + length == text.size() && (escape == "\\n" || escape == "\\r");
      return Doubt{LintCode::kLooksLikeEscape, at, length,
                   "without quotes, this is text and no escape",
                   fmt::format("{}if these characters are meant, write {}",
                               ends_line ? "a line end comes by itself, leave this out; " : "",
                               chat::quote(text))};
    }
    if (is_like_a_comment(text, at)) {
      return Doubt{LintCode::kLooksLikeComment, at, text.size() - at,
                   "after a text, this is text and no comment",
                   fmt::format("a comment stands in a line of its own; if it is meant, write {}",
                               chat::quote(text))};
    }
  }
  return std::nullopt;
}

}  // namespace chatspec
