#include "harness/cli/options/key_file.h"

#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"
#include "reference/files.h"

namespace chatspec {

std::expected<GivenKeys, std::string> read_given_keys(const std::string& path) {
  if (path.empty()) return std::nullopt;
  const auto text = read_whole_file(path, kMaxKeyFileBytes);
  if (!text) return std::unexpected(fmt::format("--keys: {}", text.error()));
  auto keys = chat::parse_keys(*text, path);
  if (!keys) return std::unexpected(fmt::format("--keys: {}", keys.error().to_string()));
  return *std::move(keys);
}

}  // namespace chatspec
