// Records as lines of JSON, and back.

#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "harness/report/log/record.h"

namespace chatspec {

// One line of the log, without its line end: printable ASCII. Bytes are strings in the form of
// chat::escape_bytes(), or, of very many, objects with `begin`, `end`, `length` and `sha256`.
std::string to_json_line(const Record& record);

// Nothing for a record of a kind that this version does not know. The error is a sentence.
std::expected<std::optional<Record>, std::string> parse_json_line(std::string_view line);

}  // namespace chatspec
