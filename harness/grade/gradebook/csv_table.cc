#include "harness/grade/gradebook/csv_table.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "reference/text/lines.h"

namespace chatspec {
namespace {

// The one that stands most often in the first line; a comma where none does.
char guess_separator(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  char guess = ',';
  for (const char separator : {';', '\t'}) {
    if (std::ranges::count(line, separator) > std::ranges::count(line, guess)) guess = separator;
  }
  return guess;
}

class CsvReader {
 public:
  CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {
    std::string_view rest = text;
    chat::pass_byte_order_mark(rest);
    at_ = text.size() - rest.size();  // fields are told by their places in the whole
  }

  bool is_at_end() const { return at_ == text_.size(); }

  std::expected<CsvRecord, std::string> take_record() {
    CsvRecord record{.line = line_};
    for (;;) {
      auto field = take_field();
      if (!field) return std::unexpected(field.error());
      record.fields.push_back(*std::move(field));
      if (next_is(separator_)) {
        ++at_;
      } else if (take_line_end()) {
        return record;
      } else {
        return fail("expected a separator or the end of the line after a closing quote");
      }
    }
  }

 private:
  bool next_is(char c) const { return !is_at_end() && text_[at_] == c; }

  bool take_line_end() {
    if (is_at_end()) return true;
    if (text_.substr(at_).starts_with("\r\n")) ++at_;
    if (!next_is('\n')) return false;
    ++at_;
    ++line_;
    return true;
  }

  std::expected<CsvField, std::string> take_field() {
    const std::size_t begin = at_;
    const bool is_quoted = next_is('"');
    auto value = is_quoted ? take_quoted() : take_plain();
    if (!value) return std::unexpected(value.error());
    return CsvField{
        .value = *std::move(value), .begin = begin, .length = at_ - begin, .is_quoted = is_quoted};
  }

  std::expected<std::string, std::string> take_plain() {
    std::string_view value = text_.substr(at_);
    value = value.substr(0, value.find_first_of(std::string{separator_, '\n'}));
    if (value.ends_with('\r') && text_.substr(at_ + value.size()).starts_with('\n'))
      value.remove_suffix(1);
    if (value.contains('"'))
      return fail("a quote stands within a field that does not begin with one");
    at_ += value.size();
    return std::string(value);
  }

  std::expected<std::string, std::string> take_quoted() {
    const std::size_t first_line = line_;
    std::string value;
    for (++at_; !is_at_end(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] == '"' && !text_.substr(at_ + 1).starts_with('"')) {
        ++at_;
        return value;
      }
      if (text_[at_] == '"') ++at_;
      value += text_[at_];
    }
    line_ = first_line;
    return fail("a quote is opened and never closed");
  }

  std::unexpected<std::string> fail(std::string_view message) const {
    return std::unexpected(fmt::format("line {}: {}", line_, message));
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

bool is_empty(const CsvRecord& record) {
  return record.fields.size() == 1 && record.fields.front().length == 0;
}

}  // namespace

std::expected<CsvTable, std::string> parse_csv(std::string text) {
  if (text.contains('\0'))
    return std::unexpected("line 1: expected text in UTF-8, but there are NUL bytes in it");
  CsvTable table{.text = std::move(text)};
  table.separator = guess_separator(table.text);
  CsvReader reader(table.text, table.separator);
  while (!reader.is_at_end()) {
    auto record = reader.take_record();
    if (!record) return std::unexpected(record.error());
    if (!is_empty(*record)) table.records.push_back(*std::move(record));
  }
  if (table.records.empty())
    return std::unexpected(
        "line 1: expected a line with the names of columns, but nothing is there");
  return table;
}

}  // namespace chatspec
