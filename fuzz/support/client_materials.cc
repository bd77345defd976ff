#include "fuzz/support/client_materials.h"

#include <array>
#include <vector>

namespace chatspec::fuzz {

std::span<const std::string> client_messages() {
  static const std::vector<std::string> messages{"one", "a.b\\\n\n.", ""};
  return messages;
}

std::string_view client_wire(std::size_t message) {
  constexpr std::array<std::string_view, 3> kWire{"one\n", "a\\.b\\\\\n\n\\.\n", ""};
  return kWire.at(message);
}

// printf 'onefirst key' | sha256sum
// printf 'a.b\\.k\\.2' | sha256sum
std::span<const std::string> client_signatures() {
  static const std::vector<std::string> signatures{
      "7430876f8622b5dc0026cd2625fd55c1baef524b83a1d5fa2da51a10b2975f57",
      "cc3d6740c7eff18e02431a78cf99803e7d092cc25d2c33aa8d4af7de07a75ebc",
      "7430876f8622b5dc0026cd2625fd55c1baef524b83a1d5fa2da51a10b2975f57"};
  return signatures;
}

}  // namespace chatspec::fuzz
