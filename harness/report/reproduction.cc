// What was sent, as a command line for a shell: printf for the bytes and nc for the connection,
// which every system has. It is for people, so only short conversations on one connection become
// one; all else would be wrong (a second connection, bytes that the log left out) or unreadable.

#include "harness/report/reproduction.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/printable.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxBytes = 600;
constexpr std::size_t kMaxPieces = 16;

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

std::string write_file(const std::optional<LoggedBytes>& content, std::string_view name) {
  if (!content || content->empty() || content->length() > kMaxBytes) return {};
  return fmt::format("printf '{}' >{}\n", for_printf(content->begin), name);
}

}  // namespace

std::string make_reproduction(const RunRecord& run, const CaseRecord& record) {
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

}  // namespace chatspec
