#include "reference/text/file_error.h"

#include <algorithm>

#include <fmt/format.h>

namespace chat {

std::string FileError::to_string() const {
  if (line == 0) return fmt::format("{}: {}", file, message);
  return fmt::format("{}:{}: {}", file, line, message);
}

std::string to_string(std::span<const FileError> errors) {
  constexpr std::size_t kMostShown = 10;  // of a file of another kind, each line is wrong
  std::string out;
  for (const FileError& error : errors.first(std::min(errors.size(), kMostShown))) {
    if (!out.empty()) out += '\n';
    out += error.to_string();
  }
  if (errors.size() > kMostShown) out += fmt::format("\n… and {} more", errors.size() - kMostShown);
  return out;
}

}  // namespace chat
