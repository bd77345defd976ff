#include "harness/cli/console/version.h"

#include <string_view>

#include <fmt/format.h>

#include "harness/cli/console/build_facts.h"
#include "harness/cli/console/source_commit.h"

namespace chatspec {

std::string version_text() {
  std::string build(kBuildType.empty() ? "without a build type" : kBuildType);
  if (!kSanitizers.empty()) build += fmt::format(" with sanitizers ({})", kSanitizers);
  return fmt::format(
      "chatspec {}\n"
      "commit     {}\n"
      "built      {}, by {}, for {}\n"
      "libraries  {}",
      CHATSPEC_VERSION,
      kSourceCommit.empty() ? "unknown: not built from a checkout of git" : kSourceCommit, build,
      kCompiler, kTarget, kLibraries);
}

}  // namespace chatspec
