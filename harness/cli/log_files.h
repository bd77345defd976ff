// Logs that the command line names, with their runs.

#pragma once

#include <expected>
#include <span>
#include <string>
#include <vector>

#include "harness/report/event_log.h"
#include "harness/report/run_of_log.h"

namespace chatspec {

struct LogFile {
  std::string path{};
  LogContent content{};
  std::vector<RunOfLog> runs{};  // borrows the content's records, also when this is moved
};

// As read_log() has it.
std::expected<LogFile, std::string> read_log_file(const std::string& path);
// The same of several; the error is that of the first that has one.
std::expected<std::vector<LogFile>, std::string> read_log_files(std::span<const std::string> paths);

}  // namespace chatspec
