#include "harness/report/text/shell_words.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "reference/text/printable.h"

namespace chatspec {
namespace {

// Whatever else a shell may take for its own is quoted. Braces alone mean nothing to it.
bool means_itself(char c) {
  constexpr std::string_view kSafe = "%+-./:=@_{}";
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || (c >= '0' && c <= '9') || kSafe.contains(c);
}

std::string with_escapes(std::string_view word) {
  std::string text = "$'";
  for (const char c : word) {
    if (c == '\'' || c == '\\') {
      text += fmt::format("\\{}", c);
    } else if (chat::is_printable(c)) {
      text += c;
    } else if (c == '\n') {
      text += "\\n";
    } else {
      // Of always three digits, so that the character behind it is none of it.
      text += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    }
  }
  return text + "'";
}

std::string quote_word(std::string_view word) {
  if (!word.empty() && std::ranges::all_of(word, means_itself)) return std::string(word);
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace

std::string quote_words(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + quote_word(word);
  return text;
}

std::string show_words(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) {
    const bool is_shown = chat::find_control(word, "") == word.npos;
    text += (text.empty() ? "" : " ") + (is_shown ? quote_word(word) : with_escapes(word));
  }
  return text;
}

}  // namespace chatspec
