#include "harness/judge/reproduction.h"

#include <fmt/format.h>

namespace chatspec {
namespace {

constexpr std::size_t kMaxBytes = 600;

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

}  // namespace

std::string make_reproduction(const Script& script, const Transcript& transcript,
                              std::string_view server) {
  std::string sent;
  for (const Event& event : transcript.events()) {
    if (event.connection > 1) return {};
    if (event.kind == EventKind::kSent) sent += event.bytes;
  }
  if (sent.empty() || sent.size() > kMaxBytes) return {};
  return fmt::format("printf '{}' | nc {}", for_printf(sent),
                     script.role == Role::kServer ? server : "-l PORT");
}

}  // namespace chatspec
