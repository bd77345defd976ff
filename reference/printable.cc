#include "reference/printable.h"

namespace chat {
namespace {

constexpr unsigned char kDelete = 0x7f;
constexpr unsigned char kFirstOfC1 = 0xc2;  // of the two bytes

bool is_control(unsigned char byte) {
  return byte < 0x20 || byte == kDelete;
}

}  // namespace

std::size_t find_control(std::string_view text, std::string_view allowed, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (is_control(byte) && !allowed.contains(text[i])) return i;
    const unsigned char next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    if (byte == kFirstOfC1 && next >= 0x80 && next < 0xa0) return i;
  }
  return text.npos;
}

std::string mask_controls(std::string_view text, std::string_view allowed) {
  std::string masked(text);
  for (std::size_t at = find_control(masked, allowed); at != masked.npos;
       at = find_control(masked, allowed, at)) {
    const std::size_t size = static_cast<unsigned char>(masked[at]) == kFirstOfC1 ? 2 : 1;
    masked.replace(at, size, size, '?');
  }
  return masked;
}

}  // namespace chat
