#include "harness/suite/source_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "harness/scenario/parser.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }

 private:
  int number_;
};

int open_source(const fs::path& path) {
  if (path == kStandardInput) return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
  return open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

}  // namespace

std::expected<std::string, std::string> read_source(const fs::path& path) {
  const Descriptor file(open_source(path));
  if (file.number() < 0) return std::unexpected(std::strerror(errno));
  std::string content;
  std::array<char, 65536> piece{};
  while (true) {
    // An interrupt ends it, too: nobody else handles a signal here.
    const ssize_t size = read(file.number(), piece.data(), piece.size());
    if (size < 0) return std::unexpected(std::strerror(errno));
    if (size == 0) return content;
    content.append(piece.data(), static_cast<std::size_t>(size));
    if (content.size() > kMaxSourceBytes)
      return std::unexpected(fmt::format("it has more than {} bytes", kMaxSourceBytes));
  }
}

bool is_stream(const fs::path& path) {
  std::error_code failure;
  const fs::file_status status = fs::status(path, failure);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

}  // namespace chatspec
