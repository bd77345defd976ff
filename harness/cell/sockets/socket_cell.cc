#include "harness/cell/sockets/socket_cell.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include <sys/stat.h>

#include "harness/cell/cell_failure.h"

namespace chatspec {

std::expected<std::string, CellFailure> SocketCell::add_file(std::string_view name,
                                                             std::string_view content) {
  const std::string path = (folder() / name).string();
  const FileDescriptor file(openat(folder_descriptor(), std::string(name).c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644));
  // The program may be another user than we are, and whoever started us may have taken rights off.
  if (file && fchmod(file.get(), 0644) != 0) {
    return std::unexpected(trouble_failure("letting others read " + path, errno));
  }
  loop().note_given(content.size());
  if (!file || !write_all(file, content))
    return std::unexpected(trouble_failure("writing " + path, errno));
  return path;
}

// Nothing is waited for, whatever the program has put there.
std::string SocketCell::read_file(std::string_view name, std::size_t from, std::size_t most) {
  const FileDescriptor file(openat(folder_descriptor(), std::string(name).c_str(),
                                   O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  struct stat status{};
  if (!file || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  if (std::cmp_less_equal(status.st_size, from)) return {};
  std::string bytes(std::min(most, static_cast<std::size_t>(status.st_size) - from), '\0');
  const ssize_t got = pread(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(from));
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return bytes;
}

}  // namespace chatspec
