#include "harness/cell/socket_cell.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

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

}  // namespace chatspec
