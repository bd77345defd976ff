#include "harness/cell/remedy.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fmt/format.h>

namespace chatspec {
namespace {

struct Remedy {
  int error;
  std::string_view what;
};
constexpr std::array kRemedies{
    Remedy{EMFILE, "allow more: ulimit -n; or play fewer at a time: --jobs"},
    Remedy{ENFILE, "the whole machine has no more: sysctl fs.file-max"},
    Remedy{EAGAIN, "allow more processes: ulimit -u; or play fewer at a time: --jobs"},
    Remedy{ENOMEM, "play fewer at a time: --jobs; or allow more memory: ulimit -v"},
    Remedy{EFBIG, "allow larger files: ulimit -f"},
    Remedy{ENOSPC, "make room there, or set TMPDIR to another folder"},
    Remedy{EDQUOT, "make room there, or set TMPDIR to another folder"},
};

}  // namespace

std::string explain_error(int error) {
  const auto* found = std::ranges::find(kRemedies, error, &Remedy::error);
  if (found == kRemedies.end()) return std::strerror(error);
  return fmt::format("{} ({})", std::strerror(error), found->what);
}

}  // namespace chatspec
