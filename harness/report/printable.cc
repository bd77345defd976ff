#include "harness/report/printable.h"

#include "reference/quote.h"

namespace chatspec {
namespace {

std::string with_plain_quotes(std::string text) {
  for (const std::string_view quote : {"\xe2\x80\x98", "\xe2\x80\x99"}) {
    for (std::size_t at = 0; (at = text.find(quote, at)) != std::string::npos; ++at)
      text.replace(at, quote.size(), "'");
  }
  return text;
}

}  // namespace

std::string without_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    const bool is_c1 = byte == 0xc2 && next >= 0x80 && next <= 0x9f;
    if (is_c1) ++i;
    out += is_c1 || (byte < 0x20 && byte != '\n') || byte == 0x7f ? '?' : text[i];
  }
  return out;
}

std::string make_printable(std::string_view written) {
  const std::string plain = with_plain_quotes(std::string(written));
  std::string_view text = plain;
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    for (std::size_t i = 0; i < line.size(); ++i)
      out += line[i] == '"' ? "\"" : chat::escape_bytes(line.substr(i, 1));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    if (!text.empty()) out += '\n';
  }
  return out;
}

}  // namespace chatspec
