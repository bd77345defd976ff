#include "harness/report/printable.h"

namespace chatspec {

std::string without_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    const bool is_c1 = byte == 0xc2 && next >= 0x80 && next <= 0x9f;
    if (is_c1) ++i;
    out += is_c1 || (byte < 0x20 && byte != '\n') || byte == 0x7f ? '?' : text[i];
  }
  return out;
}

}  // namespace chatspec
