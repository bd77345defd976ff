// What was sent, as a command line for a shell: printf for the bytes and nc for the connection,
// which every system has. It is for people, so only short conversations on one connection become
// one; all else would be wrong (a second connection, bytes that the log left out) or unreadable,
// and is left to chatspec: to be played again, or to be written into files.

#include "harness/report/reproduction.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/reproduction_command.h"
#include "harness/report/shell_words.h"
#include "reference/lines.h"
#include "reference/printable.h"

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

// The command that plays it again, where the report's reader can type it as it stands: whether the
// program was built, and in which file its profile is, the record of a case does not say.
std::string write_run_command(const RunRecord& run, const CaseRecord& record, std::size_t columns) {
  const bool needs_files = !run.folder.empty() || !is_builtin(run.profile) || run.keys;
  const auto words = needs_files ? std::nullopt : make_run_command(run, record, nullptr);
  return words ? wrap_command(*words, columns) : "";
}

std::string write_files_command(const CaseRecord& record, std::size_t columns,
                                std::string_view log) {
  if (log.empty()) return {};
  for (const std::string_view name : {log, kSomeLog}) {
    const std::array words{std::string(name), record.id};
    const std::string command = fmt::format("chatspec reproduce {} --out DIR", quote_words(words));
    if (fits(command, columns)) return command;
  }
  return "chatspec reproduce LOG CASE --out DIR";
}

}  // namespace

std::string make_reproduction(const RunRecord& run, const CaseRecord& record, std::size_t columns,
                              std::string_view log) {
  const std::string shell = write_shell_lines(run, record);
  if (!shell.empty() && fits(shell, columns)) return shell;
  if (record.events.empty()) return {};
  const std::string again = write_run_command(run, record, columns);
  const std::string files = write_files_command(record, columns, log);
  if (again.empty() || !fits(again, columns)) return files;
  const bool has_room = count_lines(again) < kMaxLines && !files.empty();
  return has_room ? again + "\n" + files : again;
}

}  // namespace chatspec
