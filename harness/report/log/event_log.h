// The event log: JSON Lines, append-only, flushed record by record, so that a run that is killed
// has lost nothing that it had finished. Logs of several runs may be concatenated.

#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/log/record_json.h"

namespace chatspec {

class EventLog {
 public:
  // Begins a new log, in place of one of that name, but of no other file, and of none that another
  // chatspec is writing. The error is a sentence.
  static std::expected<EventLog, std::string> create(const std::string& path);

  // Writes one record and hands it to the system, so that it outlives this process. Gives why it
  // could not.
  std::expected<void, std::string> append(const Record& record);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  explicit EventLog(std::FILE* file) : file_(file) {}

  std::unique_ptr<std::FILE, Close> file_;
};

struct LogContent {
  std::vector<Record> records;
  bool cut_off = false;  // a line is incomplete: its run was killed while it wrote
};

// A record is far shorter; a file that has a longer line is no log.
inline constexpr std::size_t kMaxLogLineBytes = std::size_t{64} << 20;

// Reads a log's text as it comes. Where a log that was cut off stands before another, what is left
// of its last record and the other's first share a line. Errors name the line: "FILE:LINE: …".
class LogReader {
 public:
  explicit LogReader(std::string_view file_name) : file_name_(file_name) {}

  std::expected<void, std::string> add(std::string_view text);
  // What was read, at the text's end.
  std::expected<LogContent, std::string> finish();

 private:
  std::expected<void, std::string> add_line(std::string_view line, bool is_ended);

  std::string file_name_;
  std::string begun_;  // a line whose end has not come yet
  std::size_t lines_ = 0;
  LogContent content_;
};

// The same of a text that is all there.
std::expected<LogContent, std::string> parse_log(std::string_view text, std::string_view file_name);

}  // namespace chatspec
