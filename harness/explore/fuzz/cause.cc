#include "harness/explore/fuzz/cause.h"

#include <algorithm>

#include <fmt/format.h>

#include "reference/text/lines.h"

namespace chatspec {
namespace {

constexpr std::string_view kCausePrefix = "# Cause: ";
constexpr std::string_view kBetweenParts = ", ";
constexpr std::string_view kNoPart = "nothing";  // as an answer without any part is called

// Takes the first part of a generalised answer off its front.
std::string_view take_part(std::string_view& answer) {
  if (answer.empty()) return kNoPart;
  const std::string_view part = answer.substr(0, answer.find(kBetweenParts));
  answer.remove_prefix(std::min(answer.size(), part.size() + kBetweenParts.size()));
  return part;
}

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

Parting find_parting(std::string_view expected, std::string_view came) {
  const std::string all_expected = generalise_answer(expected);
  const std::string all_came = generalise_answer(came);
  std::string_view rest_expected = all_expected;
  std::string_view rest_came = all_came;
  for (;;) {
    const std::string_view next_expected = take_part(rest_expected);
    const std::string_view next_came = take_part(rest_came);
    const bool is_last = rest_expected.empty() && rest_came.empty();
    if (next_expected != next_came || is_last)
      return {.expected = std::string(next_expected), .came = std::string(next_came)};
  }
}

std::string write_cause(const FindingCause& cause) {
  const Parting parting = find_parting(cause.expected, cause.came);
  return fmt::format("{}; {}; {}; {}", cause.requirement, cause.place, parting.expected,
                     parting.came);
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
