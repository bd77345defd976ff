#include "harness/suite/source_file.h"

#include <system_error>
#include <unistd.h>

#include "harness/scenario/parser.h"
#include "reference/program/whole_file.h"

namespace chatspec {

namespace fs = std::filesystem;

std::expected<std::string, std::string> read_source(const fs::path& path) {
  return path == kStandardInput ? chat::read_whole(STDIN_FILENO, kMaxSourceBytes)
                                : chat::read_whole(path, kMaxSourceBytes);
}

bool is_stream(const fs::path& path) {
  std::error_code failure;
  const fs::file_status status = fs::status(path, failure);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

}  // namespace chatspec
