#include "reference/file_error.h"

#include <fmt/format.h>

namespace chat {

std::string FileError::to_string() const {
  if (line == 0) return fmt::format("{}: {}", file, message);
  return fmt::format("{}:{}: {}", file, line, message);
}

}  // namespace chat
