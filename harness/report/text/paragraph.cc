#include "harness/report/text/paragraph.h"

#include <algorithm>

#include <fmt/format.h>

#include "reference/text/lines.h"

namespace chatspec {
namespace {

// Of UTF-8: what does not begin a character.
bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

void wrap_line(std::string_view line, std::size_t columns, std::vector<std::string>& out) {
  const std::size_t first = out.size();
  while (true) {
    const std::size_t blank = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, blank);
    const bool fits = out.size() > first && width_of(out.back()) + 1 + width_of(word) <= columns;
    if (fits) {
      out.back().append(" ").append(word);
    } else {
      out.emplace_back(word);
    }
    if (blank == line.size()) return;
    line.remove_prefix(blank + 1);
  }
}

}  // namespace

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return !continues_character(c); }));
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  while (!text.empty()) wrap_line(chat::take_line(text), columns, lines);
  return lines;
}

std::string hang(std::string_view head, std::string_view text, std::size_t columns) {
  const std::size_t indent = width_of(head);
  std::string out;
  for (const std::string& line : wrap(text, std::max(columns, indent) - indent))
    out += (out.empty() ? std::string(head) : std::string(indent, ' ')) + line + "\n";
  return out;
}

std::string with_label(std::string_view label, std::string_view text, std::size_t columns) {
  return hang(fmt::format("    {:<{}}", label, kLabelColumns - 4), text, columns);
}

std::string cut_text(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  std::size_t end = max_bytes;
  while (end > 0 && continues_character(text[end])) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace chatspec
