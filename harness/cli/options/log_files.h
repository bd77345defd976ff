// Logs that the command line names, with their runs.

#pragma once

#include <expected>
#include <span>
#include <string>
#include <vector>

#include "harness/report/log/event_log.h"
#include "harness/report/log/run_of_log.h"

namespace chatspec {

struct LogFile {
  std::string path{};
  LogContent content{};
  std::vector<RunOfLog> runs{};  // borrows the content's records, also when this is moved
};

// `-` is standard input. A log is read as it comes, so that a file without end is refused where its
// first line has none, or is no record. The error names the file, and the line if one is wrong; a
// log without any record is an error, too.
std::expected<LogFile, std::string> read_log_file(const std::string& path);
// The same of several; the error is that of the first that has one.
std::expected<std::vector<LogFile>, std::string> read_log_files(std::span<const std::string> paths);

// The words by which runs selected what they played: names and paths.
std::vector<std::string> list_selected_words(std::span<const RunOfLog> runs);

}  // namespace chatspec
