#include "harness/report/shell_words.h"

#include <algorithm>
#include <string_view>

namespace chatspec {
namespace {

// Whatever else a shell may take for its own is quoted. Braces alone mean nothing to it.
bool means_itself(char c) {
  constexpr std::string_view kSafe = "%+-./:=@_{}";
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || (c >= '0' && c <= '9') || kSafe.contains(c);
}

}  // namespace

std::string quote_words(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) {
    const bool plain = !word.empty() && std::ranges::all_of(word, means_itself);
    text += text.empty() ? "" : " ";
    if (plain) {
      text += word;
      continue;
    }
    text += '\'';
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    text += '\'';
  }
  return text;
}

}  // namespace chatspec
