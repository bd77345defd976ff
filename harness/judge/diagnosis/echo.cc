#include "harness/judge/diagnosis/echo.h"

#include <cctype>

namespace chatspec {
namespace {

bool is_alphanumeric(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// Up to its last character that is no blank, escape or closing mark: `'HELLO\n'` ends with HELLO.
std::string_view without_closing_marks(std::string_view text) {
  for (const std::string_view escape : {"\\n", "\\r"}) {
    const std::size_t at = text.rfind(escape);
    if (at != text.npos && text.size() - at <= escape.size() + 2) text = text.substr(0, at);
  }
  return text;
}

bool ends_with_label(std::string_view text) {
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return !text.empty() && !is_alphanumeric(text.back());
}

}  // namespace

bool is_echo(std::string_view line, std::string_view sent) {
  if (sent.empty()) return line.empty();
  if (line == sent) return true;
  line = without_closing_marks(line);
  const std::size_t at = line.rfind(sent);
  if (at == line.npos || !ends_with_label(line.substr(0, at))) return false;
  const std::string_view rest = line.substr(at + sent.size());
  return rest.size() <= 2 && (rest.empty() || !is_alphanumeric(rest.front()));
}

}  // namespace chatspec
