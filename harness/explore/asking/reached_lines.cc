#include "harness/explore/asking/reached_lines.h"

#include <algorithm>

namespace chatspec {
namespace {

constexpr std::size_t kMostFileBytes = std::size_t{1} << 20;
constexpr std::size_t kMostLineBytes = 200;

bool is_place(std::string_view line) {
  return line.size() <= kMostLineBytes && line.contains(':');
}

}  // namespace

ReachedLines ReachedReader::take(Cell& cell) {
  ReachedLines lines;
  const std::string added = cell.read_file(kReachedFile, read_, kMostFileBytes - read_);
  read_ += added.size();
  std::string_view rest = begun_.append(added);
  for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    if (is_place(rest.substr(0, end))) lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  begun_ = std::string(rest.substr(0, kMostLineBytes + 1));
  return lines;
}

}  // namespace chatspec
