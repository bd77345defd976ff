// A cell of a table that spreadsheets read.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chatspec {

// Quoted where RFC 4180 wants it, plain (plain_text.h), and no formula.
std::string write_csv_field(std::string_view text);

// What was written, of a field's value, without the ' that keeps it from being a formula.
std::string_view read_csv_value(std::string_view value);
// A line of such cells, with its line end, which is CR LF.
std::string write_csv_line(const std::vector<std::string>& cells);

}  // namespace chatspec
