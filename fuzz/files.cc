// The readers of message, signature and key files never crash, say where a file is wrong, and read
// again what was written of what they read. A message file is read as a naive reader reads it,
// which replaces every CR LF by LF first.

#include "reference/files.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "reference/signature.h"

namespace chatspec::fuzz {
namespace {

using Entries = std::vector<std::string>;
using Parsed = std::expected<Entries, chat::FileError>;

void require_located(const chat::FileError& error, std::string_view content) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(content, '\n')) + 1;
  require(error.line <= lines, "an error lies within the file", error.message);
  require(!error.message.empty() && error.file == "f", "an error says what and where");
  require(std::ranges::all_of(error.to_string(), [](char c) { return c >= 0x20 && c <= 0x7e; }),
          "an error is printable", error.message);
}

std::optional<Entries> read_messages_naively(std::string_view content) {
  std::string rest(content);
  for (std::size_t at = 0; (at = rest.find("\r\n", at)) != std::string::npos; ++at)
    rest.erase(at, 1);
  Entries texts;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::uint64_t length = 0;
    const auto [stop, failure] = std::from_chars(rest.data(), rest.data() + end, length);
    if (failure != std::errc() || stop != rest.data() + end) return std::nullopt;
    rest.erase(0, end + 1);
    if (length > rest.size() + 1) return std::nullopt;
    std::string text = rest.substr(0, length);
    rest.erase(0, length);
    const bool cut_short = length > text.size();  // FILE-3
    if (!cut_short && text.ends_with('\n')) {
      text.pop_back();
    } else if (!cut_short && rest.starts_with('\n')) {
      rest.erase(0, 1);  // FILE-7
    } else if (!cut_short && !rest.empty()) {
      return std::nullopt;
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

// Whether a line end after this line would become another one.
bool ends_in_blank(std::string_view line) {
  return line.find_last_of(" \t\r") + 1 == line.size() && !line.empty();
}

// What was read is read again from each way to write it.
void require_round_trip(const Entries& entries, Parsed (*parse)(std::string_view, std::string_view),
                        std::string (*format)(std::span<const std::string>, const chat::FileStyle&),
                        bool may_lack_line_end, bool may_have_blanks) {
  for (const bool crlf : {false, true}) {
    for (const bool last : {true, false}) {
      for (const bool blanks : {false, true}) {
        if ((!last && !may_lack_line_end) || (blanks && !may_have_blanks)) continue;
        const std::string written =
            format(entries, {.crlf = crlf, .last_line_end = last, .trailing_blanks = blanks});
        const Parsed again = parse(written, "f");
        require(again == entries, "what was read and written is read again", written);
      }
    }
  }
}

bool has_no_line_end_inside(const std::string& text) {
  return !ends_in_blank(text) && text.find("\r\n") == std::string::npos;
}

void check_messages(std::string_view content) {
  const Parsed texts = chat::parse_messages(content, "f");
  const auto naive = read_messages_naively(content);
  require(texts.has_value() == naive.has_value(), "a message file is good for both readers",
          content);
  if (!texts) return require_located(texts.error(), content);
  require(*texts == *naive, "both readers read the same messages", content);
  const auto keeps_crs = [](const std::string& text) {
    return !text.ends_with('\r') && text.find("\r\n") == std::string::npos;
  };
  if (!std::ranges::all_of(*texts, keeps_crs)) return;
  // Without its line end, a last text that ends in one could be either text.
  const bool plain_end = texts->empty() || !texts->back().ends_with('\n');
  require_round_trip(*texts, chat::parse_messages, chat::format_messages, plain_end, false);
}

void check_lines(std::string_view content) {
  const Parsed keys = chat::parse_keys(content, "f");
  if (!keys) {
    require_located(keys.error(), content);
  } else if (std::ranges::all_of(*keys, has_no_line_end_inside)) {
    require_round_trip(*keys, chat::parse_keys, chat::format_keys, !keys->back().empty(), true);
  }
  const Parsed signatures = chat::parse_signatures(content, "f");
  if (!signatures) return require_located(signatures.error(), content);
  require(std::ranges::all_of(*signatures,
                              [](const std::string& one) { return chat::is_signature(one); }),
          "what is read is signatures");
  require_round_trip(*signatures, chat::parse_signatures, chat::format_signatures, true, true);
}

}  // namespace

void test_one(std::string_view input) {
  check_messages(input);
  check_lines(input);
}

}  // namespace chatspec::fuzz
