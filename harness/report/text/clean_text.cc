#include "harness/report/text/clean_text.h"

#include "reference/text/lines.h"
#include "reference/text/printable.h"
#include "reference/text/quote.h"

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
  return chat::mask_controls(text, "\n");
}

std::string one_line(std::string_view text) {
  return chat::mask_controls(text, "");
}

std::string make_printable(std::string_view written) {
  const std::string plain = with_plain_quotes(std::string(written));
  std::string out;
  for (std::string_view rest = plain; !rest.empty();) {
    std::string_view line = chat::take_whole_line(rest);
    if (line.ends_with('\n')) line.remove_suffix(1);
    for (std::size_t i = 0; i < line.size(); ++i)
      out += line[i] == '"' ? "\"" : chat::escape_bytes(line.substr(i, 1));
    if (!rest.empty()) out += '\n';
  }
  return out;
}

}  // namespace chatspec
