// Escaping and unescaping are inverses: of a text's lines, of a whole text in pieces of any size,
// and of bytes in quotes. Bytes in quotes are printable ASCII, whatever they were.

#include "reference/escape.h"

#include <algorithm>

#include "fuzz/support/cuts.h"
#include "fuzz/support/exchange.h"
#include "fuzz/support/model_server.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "reference/framing.h"
#include "reference/text/quote.h"

namespace chatspec::fuzz {
namespace {

void check_line(std::string_view line) {
  const chat::Profile& profile = line_profile();
  std::string sent;
  chat::escape_text_line(profile, line, sent);
  require_same(model_unescape(sent), line, "an escaped line unescapes to itself");
  for (std::size_t i = 0; i < sent.size(); i += sent[i] == '\\' ? 2 : 1)
    require(sent[i] != '.', "no dot is sent unescaped (ESC-1)", sent);
  std::string text;
  chat::unescape_line(profile, line, text);
  require_same(text, model_unescape(line), "any line unescapes as ESC-2 and ESC-3 say");
  std::string plain;
  chat::escape_text_line(*chat::find_profile("bare"), line, plain);
  require_same(plain, line, "without an escape character a line is sent as it is");
}

void check_pieces(std::string_view text) {
  for (const chat::Profile& profile : chat::builtin_profiles()) {
    Numbers numbers(hash_of(text));
    chat::TextEncoder encoder(profile, text);
    std::string sent;
    while (!encoder.done()) {
      const std::size_t before = sent.size();
      encoder.append_to(sent, numbers.below(32));
      require(sent.size() > before, "each piece has at least one byte");
    }
    require_same(sent, chat::encode_text(profile, text), "pieces make up the whole text");
  }
}

void check_quotes(std::string_view bytes) {
  const std::string quoted = chat::escape_bytes(bytes);
  require(std::ranges::all_of(quoted, [](char c) { return c >= 0x20 && c <= 0x7e; }),
          "what is quoted is printable", quoted);
  const auto back = chat::unquote(quoted);
  require(back.has_value(), "what is quoted can be unquoted", quoted);
  require_same(*back, bytes, "unquoting gives the bytes that were quoted");
  const auto other = chat::unquote(bytes);
  if (other) {
    require_same(chat::unquote(chat::escape_bytes(*other)).value_or(""), *other,
                 "what was unquoted can be quoted and unquoted again");
  } else {
    require(other.error().offset <= bytes.size() && !other.error().message.empty(),
            "an error of unquoting lies within the text and says something", bytes);
  }
  require(chat::quote_start(bytes, 8).size() <= 2 + 8 * 4 + 32, "the start of a quote is short");
}

}  // namespace

void test_one(std::string_view input) {
  for (const std::string_view line : chat::text_lines(input)) check_line(line);
  check_pieces(input);
  check_quotes(input);
}

}  // namespace chatspec::fuzz
