#include "harness/report/formats/markdown_text.h"

#include <algorithm>

#include "harness/report/formats/plain_text.h"

namespace chatspec {
namespace {

// The length of the longest run of backticks.
std::size_t longest_ticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t ticks = 0;
  for (const char c : text) {
    ticks = c == '`' ? ticks + 1 : 0;
    longest = std::max(longest, ticks);
  }
  return longest;
}

}  // namespace

std::string markdown_line(std::string_view text) {
  // What means something to Markdown within a line or at its beginning, or begins a link: `:` of
  // https://, `.` of www.
  constexpr std::string_view kSpecial = "\\`*_{}[]()<>+-.!|~&:=$";
  // No escape keeps GitHub from taking these for an address, a person or an issue; code does.
  constexpr std::string_view kReferring = "@#";
  const std::string line = as_plain_line(text);
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find_first_not_of(kReferring, at), line.size());
    if (end > at) {
      out += "`" + line.substr(at, end - at) + "`";
      at = end;
    } else {
      if (kSpecial.contains(line[at])) out += '\\';
      out += line[at++];
    }
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  std::string code = as_plain_line(text);
  if (code.empty()) return {};
  const std::string ticks(longest_ticks(code) + 1, '`');
  // A blank on each side is not shown, and keeps ticks and blanks of the text apart from ours.
  const bool needs_blanks = ticks.size() > 1 || code.starts_with(' ') || code.ends_with(' ');
  if (needs_blanks) code = " " + code + " ";
  return ticks + code + ticks;
}

std::string markdown_table_code(std::string_view text) {
  std::string out;
  for (const char c : markdown_code(text)) {
    if (c == '|') out += '\\';  // which GFM takes away within a table
    out += c;
  }
  return out;
}

std::string markdown_block(std::string_view text) {
  std::string block = as_plain_text(text);
  if (!block.ends_with('\n')) block += '\n';
  const std::string fence(std::max<std::size_t>(3, longest_ticks(block) + 1), '`');
  return fence + "text\n" + block + fence + "\n";
}

std::string html_line(std::string_view text) {
  std::string out;
  for (const char c : as_plain_line(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace chatspec
