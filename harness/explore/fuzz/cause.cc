#include "harness/explore/fuzz/cause.h"

#include <fmt/format.h>

#include "reference/lines.h"

namespace chatspec {
namespace {

constexpr std::string_view kCausePrefix = "# Cause: ";

}  // namespace

std::string generalise_answer(std::string_view answer) {
  std::string general;
  while (!answer.empty()) {
    const std::size_t begin = answer.find('"');
    general += answer.substr(0, begin);
    if (begin == answer.npos) break;
    std::size_t end = begin + 1;
    while (end < answer.size() && answer[end] != '"') end += answer[end] == '\\' ? 2 : 1;
    answer.remove_prefix(std::min(end + 1, answer.size()));
    // Behind what was too long to quote stands how long it is.
    if (answer.starts_with("... (")) answer.remove_prefix(answer.find(')') + 1);
    general += "other bytes";
  }
  return general;
}

std::string write_cause(const FindingCause& cause) {
  return fmt::format("{}; {}; {}; {}", cause.requirement, cause.place,
                     generalise_answer(cause.expected), generalise_answer(cause.came));
}

std::string write_cause_comment(const FindingCause& cause) {
  return std::string(kCausePrefix.substr(2)) + write_cause(cause);
}

std::optional<std::string> find_cause_comment(std::string_view source) {
  while (!source.empty()) {
    const std::string_view line = chat::take_line(source);
    if (line.starts_with(kCausePrefix)) return std::string(line.substr(kCausePrefix.size()));
  }
  return std::nullopt;
}

}  // namespace chatspec
