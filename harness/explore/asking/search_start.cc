#include "harness/explore/asking/search_start.h"

#include <fmt/format.h>

#include "harness/explore/asking/reached_lines.h"

namespace chatspec {

std::vector<std::string> SearchStart::complete(const std::vector<std::string>& command,
                                               const std::filesystem::path& folder) const {
  std::vector<std::string> words = before;
  if (tells_lines)
    words.push_back(fmt::format("{}={}", kReachedVariable, (folder / kReachedFile).native()));
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

}  // namespace chatspec
