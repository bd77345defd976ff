#include "harness/report/formats/csv_field.h"

#include "harness/report/formats/plain_text.h"

namespace chatspec {

std::string write_csv_field(std::string_view text) {
  std::string field = as_plain_text(text);
  const std::size_t first = field.find_first_not_of(' ');
  if (first != field.npos && std::string_view("=+-@").contains(field[first])) field.insert(0, "'");
  if (field.find_first_of(",\"\n") == field.npos) return field;
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace chatspec
