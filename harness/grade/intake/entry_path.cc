#include "harness/grade/intake/entry_path.h"

#include <cctype>

#include <climits>
#include <fmt/format.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

std::unexpected<std::string> refuse_path(std::string_view path, std::string_view why) {
  return std::unexpected(fmt::format("the path {} {}", chat::quote_start(path), why));
}

bool begins_with_drive(std::string_view path) {
  return path.size() >= 2 && path[1] == ':' &&
         std::isalpha(static_cast<unsigned char>(path[0])) != 0;
}

}  // namespace

std::expected<std::vector<std::string>, std::string> parse_entry_path(std::string_view path) {
  constexpr std::string_view kSeparators = "/\\";
  if (path.find('\0') != path.npos) return refuse_path(path, "has a NUL");
  if (path.size() >= PATH_MAX) return refuse_path(path, "is too long");
  if (begins_with_drive(path)) return refuse_path(path, "names a drive");
  if (!path.empty() && kSeparators.contains(path.front()))
    return refuse_path(path, "begins at the root");
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find_first_of(kSeparators), path.size());
    const std::string_view part = path.substr(0, end);
    if (part == "..") return refuse_path(path, "leads out of the archive");
    if (part.size() > NAME_MAX) return refuse_path(part, "has a name that is too long");
    if (!part.empty() && part != ".") parts.emplace_back(part);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

}  // namespace chatspec
