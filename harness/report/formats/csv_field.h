// A cell of a table that spreadsheets read.

#pragma once

#include <string>
#include <string_view>

namespace chatspec {

// Quoted where RFC 4180 wants it, plain (plain_text.h), and no formula.
std::string write_csv_field(std::string_view text);

// What was written, of a field's value, without the ' that keeps it from being a formula.
std::string_view read_csv_value(std::string_view value);

}  // namespace chatspec
