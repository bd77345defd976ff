#include "harness/report/event_log.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

namespace chatspec {

std::expected<EventLog, std::string> EventLog::create(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "we");
  if (!file)
    return std::unexpected(fmt::format("{}: cannot write the log: {}", path, std::strerror(errno)));
  return EventLog(file);
}

std::expected<void, std::string> EventLog::write(const Record& record) {
  const std::string line = to_json_line(record) + "\n";
  const bool written = std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size() &&
                       std::fflush(file_.get()) == 0;
  if (!written)
    return std::unexpected(fmt::format("cannot write the log: {}", std::strerror(errno)));
  return {};
}

std::expected<LogContent, std::string> parse_log(std::string_view text,
                                                 std::string_view file_name) {
  LogContent content;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    auto record = parse_json_line(text.substr(0, end));
    if (record) {
      content.records.push_back(*std::move(record));
    } else if (end == std::string_view::npos && number > 1) {
      content.cut_off = true;
    } else {
      return std::unexpected(fmt::format("{}:{}: {}", file_name, number, record.error()));
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return content;
}

}  // namespace chatspec
