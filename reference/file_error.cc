#include "reference/file_error.h"

#include <fmt/format.h>

namespace chat {

std::string FileError::to_string() const {
  if (line == 0) return fmt::format("{}: {}", file, message);
  return fmt::format("{}:{}: {}", file, line, message);
}

std::string to_string(std::span<const FileError> errors) {
  std::string out;
  for (const FileError& error : errors) {
    if (!out.empty()) out += '\n';
    out += error.to_string();
  }
  return out;
}

}  // namespace chat
