#include "reference/files.h"

#include <charconv>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "reference/signature.h"
#include "reference/text/quote.h"

namespace chat {
namespace {

// Walks through a file's lines, knowing where it is.
class LineScanner {
 public:
  explicit LineScanner(std::string_view content) : rest_(content) {}

  bool at_end() const { return rest_.empty(); }
  std::size_t line_number() const { return line_number_; }
  std::string_view rest() const { return rest_; }

  // The rest of the present line without its line end, LF or CR LF, which is skipped.
  std::string_view take_line() {
    const std::size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    if (end == std::string_view::npos) {
      rest_ = {};
      return line;
    }
    rest_.remove_prefix(end + 1);
    ++line_number_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  // Skips a line end if there is one here.
  bool take_line_end() {
    const std::size_t size = rest_.starts_with("\r\n") ? 2 : rest_.starts_with('\n') ? 1 : 0;
    rest_.remove_prefix(size);
    line_number_ += size > 0;
    return size > 0;
  }

  char take_byte() {
    const char byte = rest_.front();
    rest_.remove_prefix(1);
    return byte;
  }

 private:
  std::string_view rest_;
  std::size_t line_number_ = 1;
};

std::unexpected<FileError> error_at(std::string_view file_name, std::size_t line,
                                    std::string message) {
  return std::unexpected(FileError{std::string(file_name), line, std::move(message)});
}

std::string_view without_trailing_blanks(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t") + 1);
}

std::expected<std::uint64_t, std::string> parse_length(std::string_view line) {
  constexpr std::string_view kExpected =
      "expected the length of a message, a decimal number alone on a line";
  if (line.empty()) return std::unexpected(fmt::format("{}; found an empty line", kExpected));
  if (line.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::unexpected(fmt::format("{}; found {}", kExpected, quote_start(line)));
  }
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), length);
  if (error != std::errc()) {
    return std::unexpected(fmt::format("the length {} is too large", quote_start(line)));
  }
  return length;
}

// Takes the message after a length line. In a length a line end is one byte, CR LF too (FILE-2),
// and the line end after the text is counted (FILE-1), unless it is the last of the file and
// missing (FILE-3) or the length is of the kind that never counts it (FILE-7). Gives what is wrong
// otherwise.
std::expected<std::string, std::string> take_message(LineScanner& scanner, std::uint64_t length) {
  std::string text;
  std::uint64_t left = length;
  bool ended = false;  // the last byte taken was a line end
  for (; left > 0 && !scanner.at_end(); --left) {
    ended = scanner.take_line_end();
    text += ended ? '\n' : scanner.take_byte();
  }
  if (left > 1) {
    return std::unexpected(
        fmt::format("expected {} more bytes of the message of {} bytes; found the end of the file",
                    left, length));
  }
  if (left == 1) return text;
  if (ended) {
    text.pop_back();
    return text;
  }
  if (scanner.at_end() || scanner.take_line_end()) return text;
  return std::unexpected(
      fmt::format("expected the end of the message of {} bytes at the end of a line; "
                  "found {} after it in the same line",
                  length, quote_start(scanner.take_line(), 40)));
}

std::optional<std::string> find_bad_signature(const Profile& profile, std::string_view line) {
  const std::string expected =
      fmt::format("expected a signature of {}", describe_signatures(profile));
  if (line.empty()) return fmt::format("{}; found an empty line", expected);
  if (is_signature(profile, line)) return std::nullopt;
  const std::size_t bad = line.find_first_not_of(signature_digits(profile));
  if (bad != std::string_view::npos && line[bad] != '=') {
    return fmt::format("{}; found {} in column {}", expected, quote(line.substr(bad, 1)), bad + 1);
  }
  return fmt::format("{}; found {}", expected, line.size());
}

std::string format_lines(std::span<const std::string> lines, const FileStyle& style) {
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out += lines[i];
    if (style.trailing_blanks) out += " \t";
    if (i + 1 < lines.size() || style.last_line_end) out += style.crlf ? "\r\n" : "\n";
  }
  return out;
}

}  // namespace

std::expected<std::vector<std::string>, FileError> parse_messages(std::string_view content,
                                                                  std::string_view file_name) {
  std::vector<std::string> texts;
  LineScanner scanner(content);
  while (!scanner.at_end()) {
    const std::size_t length_line = scanner.line_number();
    const auto length = parse_length(scanner.take_line());
    if (!length) return error_at(file_name, length_line, length.error());
    auto text = take_message(scanner, *length);
    if (!text) return error_at(file_name, length_line, text.error());
    texts.push_back(*std::move(text));
  }
  return texts;
}

std::expected<std::vector<std::string>, FileError> parse_signatures(std::string_view content,
                                                                    std::string_view file_name) {
  return parse_signatures_of(*find_profile("line"), content, file_name);
}

std::expected<std::vector<std::string>, FileError> parse_signatures_of(const Profile& profile,
                                                                       std::string_view content,
                                                                       std::string_view file_name) {
  std::vector<std::string> signatures;
  LineScanner scanner(content);
  while (!scanner.at_end()) {
    const std::size_t line_number = scanner.line_number();
    const std::string_view line = without_trailing_blanks(scanner.take_line());
    if (auto bad = find_bad_signature(profile, line))
      return error_at(file_name, line_number, *std::move(bad));
    signatures.emplace_back(line);
  }
  return signatures;
}

std::expected<std::vector<std::string>, FileError> parse_keys(std::string_view content,
                                                              std::string_view file_name) {
  if (content.empty()) {
    return error_at(file_name, 0, "expected a key per line; found an empty file");
  }
  std::vector<std::string> keys;
  LineScanner scanner(content);
  while (!scanner.at_end()) keys.emplace_back(without_trailing_blanks(scanner.take_line()));
  return keys;
}

std::string format_messages(std::span<const std::string> texts, const FileStyle& style) {
  std::string out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string_view line_end = style.crlf ? "\r\n" : "\n";
    out += fmt::format("{}{}", texts[i].size() + 1, line_end);
    for (const char c : texts[i]) {
      if (c == '\n') {
        out += line_end;
      } else {
        out += c;
      }
    }
    if (i + 1 < texts.size() || style.last_line_end) out += line_end;
  }
  return out;
}

std::string format_signatures(std::span<const std::string> signatures, const FileStyle& style) {
  return format_lines(signatures, style);
}

std::string format_keys(std::span<const std::string> keys, const FileStyle& style) {
  return format_lines(keys, style);
}

}  // namespace chat
