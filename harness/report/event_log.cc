// Each record is one line, written in one piece and handed to the system before the next case is
// told to anybody, so a log never holds half a record but at its end. That end may stand before
// another log, where a killed run's log was concatenated with others or where a run was added to
// it: then the line is cut where the other run begins. A line that cannot be read in any of these
// ways makes the log wrong, since whoever grades by it must not miss a case.

#include "harness/report/event_log.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "reference/lines.h"

namespace chatspec {
namespace {

// Whether there is a file that a log must not replace. An empty one may have been made for it.
bool is_something_else(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure)) return false;
  constexpr std::string_view kBegin = R"({"record":)";
  std::ifstream file(path, std::ios::binary);
  std::string begin(kBegin.size(), '\0');
  file.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return file.gcount() > 0 && begin != kBegin;
}

}  // namespace

std::expected<EventLog, std::string> EventLog::create(const std::string& path) {
  if (is_something_else(path)) {
    return std::unexpected(fmt::format(
        "{}: cannot write the log: this file exists, and is not a log of chatspec", path));
  }
  std::FILE* file = std::fopen(path.c_str(), "we");
  if (!file)
    return std::unexpected(fmt::format("{}: cannot write the log: {}", path, std::strerror(errno)));
  return EventLog(file);
}

std::expected<void, std::string> EventLog::append(const Record& record) {
  const std::string line = to_json_line(record) + "\n";
  assert(line.find('\n') == line.size() - 1);
  const bool written = std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size() &&
                       std::fflush(file_.get()) == 0;
  if (!written)
    return std::unexpected(fmt::format("cannot write the log: {}", std::strerror(errno)));
  return {};
}

namespace {

// The records of a line in which the first of a run stands behind another, or behind what is left
// of one. Its text cannot stand within a record: there, its quotes would be escaped.
std::vector<Record> parse_behind_remains(std::string_view line) {
  const std::size_t begin = line.rfind(R"({"record":"run")");
  if (begin == line.npos || begin == 0) return {};
  auto run = parse_json_line(line.substr(begin));
  if (!run || !*run) return {};
  std::vector<Record> records;
  auto whole = parse_json_line(line.substr(0, begin));
  if (whole && *whole) records.push_back(**std::move(whole));
  records.push_back(**std::move(run));
  return records;
}

}  // namespace

std::expected<LogContent, std::string> parse_log(std::string_view text,
                                                 std::string_view file_name) {
  LogContent content;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = chat::take_whole_line(text);
    const bool is_ended = line.ends_with('\n');
    if (is_ended) line.remove_suffix(1);
    auto record = parse_json_line(line);
    if (record) {
      if (*record) content.records.push_back(**std::move(record));
    } else if (auto more = parse_behind_remains(line); !more.empty()) {
      content.cut_off = content.cut_off || more.size() == 1;
      std::ranges::move(more, std::back_inserter(content.records));
    } else if (!is_ended && number > 1) {
      content.cut_off = true;
    } else {
      return std::unexpected(fmt::format("{}:{}: {}", file_name, number, record.error()));
    }
  }
  return content;
}

}  // namespace chatspec
