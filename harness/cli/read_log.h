// The log that the command line names.

#pragma once

#include <expected>
#include <string>

#include "harness/report/event_log.h"

namespace chatspec {

// Its records; `-` is standard input. It is read as it comes, so that a file without end is refused
// where its first line has none, or is no record. The error names the file, and the line if one is
// wrong; a log without any record is an error, too.
std::expected<LogContent, std::string> read_log(const std::string& path);

}  // namespace chatspec
