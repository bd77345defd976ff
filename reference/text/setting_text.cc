#include "reference/text/setting_text.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chat {
namespace {

constexpr std::string_view kBlanks = " \t";

}  // namespace

std::string_view trim_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool is_comment_or_blank(std::string_view text) {
  text = trim_blanks(text);
  return text.empty() || text.front() == '#';
}

std::string_view name_of_setting(std::string_view line) {
  return line.substr(0, line.find_first_of(" \t\"#"));
}

std::string explain_unknown_setting(std::string_view name,
                                    std::span<const std::string_view> known) {
  const std::string meant = did_you_mean(name, known);
  return fmt::format("unknown setting {}{}", quote(name),
                     meant.empty() ? fmt::format("; known are {}", fmt::join(known, ", ")) : meant);
}

std::expected<std::string, std::string> parse_quoted_value(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
  if (end >= text.size()) return std::unexpected("expected a closing double quote");
  if (!is_comment_or_blank(text.substr(end + 1))) {
    return std::unexpected(fmt::format("expected nothing after the closing quote, found {}",
                                       quote(trim_blanks(text.substr(end + 1)))));
  }
  auto value = unquote(text.substr(1, end - 1));
  if (!value) return std::unexpected(value.error().message);
  return *std::move(value);
}

std::expected<std::string, std::string> parse_value(std::string_view text) {
  if (text.starts_with('"')) return parse_quoted_value(text);
  std::size_t end = text.starts_with('#') ? 0 : text.npos;
  for (const std::string_view comment : {" #", "\t#"}) end = std::min(end, text.find(comment));
  const std::string_view value = trim_blanks(text.substr(0, end));
  if (value.empty()) return std::unexpected("expected a value after the setting's name");
  return std::string(value);
}

}  // namespace chat
