#include "harness/report/formats/csv_field.h"

#include "harness/report/formats/plain_text.h"

namespace chatspec {
namespace {

bool is_formula(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first != text.npos && std::string_view("=+-@").contains(text[first]);
}

}  // namespace

std::string write_csv_field(std::string_view text) {
  std::string field = as_plain_text(text);
  if (is_formula(field)) field.insert(0, "'");
  if (field.find_first_of(",\"\n") == field.npos) return field;
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string_view read_csv_value(std::string_view value) {
  if (value.starts_with('\'') && is_formula(value.substr(1))) value.remove_prefix(1);
  return value;
}

std::string write_csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    line += write_csv_field(cell);
  }
  return line + "\r\n";
}

}  // namespace chatspec
