// A table in a file of comma-separated values (RFC 4180) that somebody else wrote, with the place
// of each field, so that some can be changed and all else stays byte for byte as it was.

#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <vector>

namespace chatspec {

struct CsvField {
  std::string value{};     // without quotes
  std::size_t begin = 0;   // where it stands in the text, with its quotes
  std::size_t length = 0;  // likewise
  bool is_quoted = false;
};

struct CsvRecord {
  std::size_t line = 0;  // in which it begins, from 1
  std::vector<CsvField> fields{};
};

struct CsvTable {
  std::string text{};
  char separator = ',';              // or a semicolon or a tab, as the first line has it
  std::vector<CsvRecord> records{};  // without lines in which nothing stands; never empty
};

// A mark of the byte order may stand before it; lines end with LF or CR LF. Records may have any
// number of fields. The error is a sentence without a full stop that begins with the line.
std::expected<CsvTable, std::string> parse_csv(std::string text);

}  // namespace chatspec
