// What was sent, as a command line for a shell: printf for the bytes and nc for the connection,
// which every system has. It is for people, so only short conversations on one connection become
// one; all else would be wrong (a second connection, bytes that the log left out) or unreadable,
// and is left to chatspec: to be played again, or to be written into files.

#include "harness/report/reproduction/reproduction.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/reproduction/reproduction_command.h"
#include "harness/report/text/shell_words.h"
#include "reference/text/lines.h"
#include "reference/text/printable.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxBytes = 600;
constexpr std::size_t kMaxPieces = 16;
constexpr std::size_t kMaxLines = 3;

// For printf's format: octal escapes are the ones that every printf knows.
std::string for_printf(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\') {
      out += "\\\\";
    } else if (c == '%') {
      out += "%%";
    } else if (!chat::is_printable(c) || c == '\'') {
      out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

std::string write_file(const Rare<LoggedBytes>& content, std::string_view name) {
  if (!content || content->empty() || content->length() > kMaxBytes) return {};
  return fmt::format("printf '{}' >{}\n", for_printf(content->begin), name);
}

std::string write_shell_lines(const RunRecord& run, const CaseRecord& record) {
  std::vector<std::string> pieces;
  std::uint64_t bytes = 0;
  for (const EventRecord& event : record.events) {
    if (event.connection > 1) return {};
    if (event.kind != EventKind::kSent) continue;
    pieces.push_back(fmt::format("printf '{}'", for_printf(event.bytes.begin)));
    bytes += event.bytes.length();
  }
  if (pieces.empty() || pieces.size() > kMaxPieces || bytes > kMaxBytes) return {};
  // Many programs read one segment as one line, so the pauses matter.
  const std::string sends =
      pieces.size() == 1 ? pieces.front() : fmt::format("({})", fmt::join(pieces, "; sleep 1; "));
  if (!run.address.empty()) return fmt::format("{} | nc {}", sends, run.address);
  const auto starts = std::ranges::count(record.events, EventKind::kStarted, &EventRecord::kind);
  return fmt::format(
      "{}{}{}{} | nc {}{}", write_file(record.files.keys, "keys.txt"),
      write_file(record.files.messages, "messages.txt"),
      write_file(record.files.signatures, "signatures.txt"), sends,
      run.role == Role::kServer ? "127.0.0.1 PORT" : "-l PORT",
      starts > 1 ? "\nthen end the server, and start it on the same PORT at once" : "");
}

std::size_t count_lines(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
}

bool fits(std::string_view text, std::size_t columns) {
  if (count_lines(text) > kMaxLines) return false;
  while (!text.empty()) {
    if (chat::take_line(text).size() > columns) return false;
  }
  return true;
}

// A command of chatspec about the case of a log.
std::string write_log_command(std::string_view command, const CaseRecord& record,
                              std::string_view options, std::size_t columns, std::string_view log) {
  for (const std::string_view name : {log, kSomeLog}) {
    const std::array words{std::string(name), record.id};
    std::string line = fmt::format("chatspec {} {}{}", command, quote_words(words), options);
    if (fits(line, columns)) return line;
  }
  return fmt::format("chatspec {} {} CASE{}", command, kSomeLog, options);
}

// The command that plays it again, where the report's reader can type it as it stands: in which
// file its profile is, and the keys of a server that runs already, no log says, and the record of a
// case does not say whether the program was built.
std::string write_run_command(const RunRecord& run, const CaseRecord& record, std::size_t columns,
                              std::string_view log) {
  if (!is_builtin(run.profile) || run.keys) return {};
  const bool is_logged = !log.empty() && std::ranges::all_of(run.argv, &LoggedBytes::is_whole);
  if (is_logged) return write_log_command("run --again", record, "", columns, log);
  const auto words = run.folder.empty() ? make_run_command(run, record, nullptr) : std::nullopt;
  return words ? wrap_command(*words, columns) : "";
}

}  // namespace

std::string make_reproduction(const RunRecord& run, const CaseRecord& record, std::size_t columns,
                              std::string_view log) {
  const std::string shell = write_shell_lines(run, record);
  if (!shell.empty() && fits(shell, columns)) return shell;
  if (record.events.empty()) return {};
  const std::string again = write_run_command(run, record, columns, log);
  const std::string files =
      log.empty() ? "" : write_log_command("reproduce", record, " --out DIR", columns, log);
  if (again.empty() || !fits(again, columns)) return files;
  return files.empty() ? again : again + "\n" + files;
}

}  // namespace chatspec
