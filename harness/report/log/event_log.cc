// Each record is one line, written in one piece and handed to the system before the next case is
// told to anybody, so a log never holds half a record but at its end. That end may stand before
// another log, where a killed run's log was concatenated with others or where a run was added to
// it: then the line is cut where the other run begins. A line that cannot be read in any of these
// ways makes the log wrong, since whoever grades by it must not miss a case.

#include "harness/report/log/event_log.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <unistd.h>

#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

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

// Empties a file and keeps it from other chatspecs until it is closed, and so however this process
// ends. Gives whether it is ours now, or another's; nothing where the system refuses, and then
// errno has why. A pipe or a device holds nothing that could be lost; and where a file
// system knows no locks, a log is still worth more than none.
std::optional<bool> take_empty(int file) {
  struct stat facts{};
  if (fstat(file, &facts) != 0) return std::nullopt;
  if (!S_ISREG(facts.st_mode)) return true;
  if (flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
  if (ftruncate(file, 0) != 0) return std::nullopt;
  return true;
}

}  // namespace

std::expected<EventLog, std::string> EventLog::create(const std::string& path) {
  if (is_something_else(path)) {
    return std::unexpected(fmt::format(
        "{}: cannot write the log: this file exists, and is not a log of chatspec", path));
  }
  const auto explain_errno = [&] {
    return std::unexpected(fmt::format("{}: cannot write the log: {}", path, std::strerror(errno)));
  };
  // Not emptied as it is opened: it may be another's.
  const int opened = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (opened < 0) return explain_errno();
  std::FILE* file = ::fdopen(opened, "w");
  if (!file) {
    ::close(opened);
    return explain_errno();
  }
  EventLog log(file);
  const auto taken = take_empty(opened);
  if (!taken) return explain_errno();
  if (!*taken) {
    return std::unexpected(fmt::format(
        "{}: another chatspec is writing this log; wait until it ends, or name another file",
        path));
  }
  return log;
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

// The records of a line in which the first of a run stands after another, or after what is left
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

std::expected<void, std::string> LogReader::add_line(std::string_view line, bool is_ended) {
  ++lines_;
  auto record = parse_json_line(line);
  if (record) {
    if (*record) content_.records.push_back(**std::move(record));
  } else if (auto more = parse_behind_remains(line); !more.empty()) {
    content_.cut_off = content_.cut_off || more.size() == 1;
    std::ranges::move(more, std::back_inserter(content_.records));
  } else if (!is_ended && lines_ > 1) {
    content_.cut_off = true;
  } else {
    return std::unexpected(fmt::format("{}:{}: {}", file_name_, lines_, record.error()));
  }
  return {};
}

std::expected<void, std::string> LogReader::add(std::string_view text) {
  for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n')) {
    std::string_view line = text.substr(0, end);
    if (!begun_.empty()) line = begun_ += line;
    if (auto read = add_line(line, true); !read) return read;
    begun_.clear();
    text.remove_prefix(end + 1);
  }
  begun_ += text;
  if (begun_.size() <= kMaxLogLineBytes) return {};
  return std::unexpected(
      fmt::format("{}:{}: this is no record of a chatspec log: the line has more than {} bytes",
                  file_name_, lines_ + 1, kMaxLogLineBytes));
}

std::expected<LogContent, std::string> LogReader::finish() {
  if (!begun_.empty()) {
    if (auto read = add_line(begun_, false); !read) return std::unexpected(read.error());
  }
  return std::move(content_);
}

std::expected<LogContent, std::string> parse_log(std::string_view text,
                                                 std::string_view file_name) {
  LogReader reader(file_name);
  if (auto read = reader.add(text); !read) return std::unexpected(read.error());
  return reader.finish();
}

}  // namespace chatspec
