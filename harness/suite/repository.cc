#include "harness/suite/repository.h"

#include <system_error>

namespace chatspec {

namespace fs = std::filesystem;

fs::path find_repository(const fs::path& folder) {
  std::error_code failure;
  const fs::path here = fs::canonical(folder, failure);
  if (failure) return {};
  for (fs::path above = here;; above = above.parent_path()) {
    // Of a work tree or a submodule it is a file.
    if (fs::exists(above / ".git", failure)) return above;
    if (above == above.parent_path()) return here;
  }
}

std::string path_below(const fs::path& folder, const fs::path& file) {
  if (folder.empty()) return {};
  std::error_code failure;
  const fs::path canonical = fs::weakly_canonical(file, failure);
  if (failure) return {};
  const fs::path below = canonical.lexically_relative(folder);
  return below.empty() || *below.begin() == ".." ? "" : below.string();
}

}  // namespace chatspec
