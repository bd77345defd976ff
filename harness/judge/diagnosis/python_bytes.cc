#include "harness/judge/diagnosis/python_bytes.h"

#include <fmt/format.h>

namespace chatspec {
namespace {

std::string escape_for_python(char c, char quote) {
  if (c == '\\' || c == quote) return {'\\', c};
  if (c == '\t') return "\\t";
  if (c == '\n') return "\\n";
  if (c == '\r') return "\\r";
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7f ? std::string(1, c) : fmt::format("\\x{:02x}", byte);
}

}  // namespace

std::string print_as_python_bytes(std::string_view bytes) {
  const char quote = bytes.contains('\'') && !bytes.contains('"') ? '"' : '\'';
  std::string out{'b', quote};
  for (const char c : bytes) out += escape_for_python(c, quote);
  return out + quote;
}

}  // namespace chatspec
