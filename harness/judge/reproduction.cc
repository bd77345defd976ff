#include "harness/judge/reproduction.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chatspec {
namespace {

constexpr std::size_t kMaxBytes = 600;
constexpr std::size_t kMaxPieces = 16;

// For printf's format: octal escapes are the ones that every printf knows.
std::string for_printf(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\') {
      out += "\\\\";
    } else if (c == '%') {
      out += "%%";
    } else if (byte < 0x20 || byte >= 0x7f || c == '\'') {
      out += fmt::format("\\{:03o}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

std::string write_file(const std::optional<std::string>& content, std::string_view name) {
  if (!content || content->empty() || content->size() > kMaxBytes) return {};
  return fmt::format("printf '{}' >{}\n", for_printf(*content), name);
}

// Keys matter where something is signed with them, or where the scenario is about their file.
std::string write_files(const Script& script) {
  const Materials& materials = script.materials;
  if (script.role == Role::kClient) {
    return write_file(materials.message_file, "messages.txt") +
           write_file(materials.signature_file, "signatures.txt");
  }
  const bool matter = !materials.messages.empty() || materials.shapes_key_file;
  return matter ? write_file(materials.key_file, "keys.txt") : std::string();
}

}  // namespace

std::string make_reproduction(const Script& script, const Transcript& transcript,
                              std::string_view remote) {
  std::vector<std::string> pieces;
  std::size_t bytes = 0;
  for (const Event& event : transcript.events()) {
    if (event.connection > 1) return {};
    if (event.kind != EventKind::kSent) continue;
    pieces.push_back(fmt::format("printf '{}'", for_printf(event.bytes)));
    bytes += event.bytes.size();
  }
  const auto starts = std::ranges::count(transcript.events(), EventKind::kStarted, &Event::kind);
  if (pieces.empty() || pieces.size() > kMaxPieces || bytes > kMaxBytes) return {};
  // Many programs read one segment as one line, so the pauses matter.
  const std::string sends =
      pieces.size() == 1 ? pieces.front() : fmt::format("({})", fmt::join(pieces, "; sleep 1; "));
  if (!remote.empty()) return fmt::format("{} | nc {}", sends, remote);
  return fmt::format(
      "{}{} | nc {}{}", write_files(script), sends,
      script.role == Role::kServer ? "127.0.0.1 PORT" : "-l PORT",
      starts > 1 ? "\nthen end the server, and start it on the same PORT at once" : "");
}

}  // namespace chatspec
