#include "harness/report/what_matters.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "harness/judge/echo.h"
#include "harness/judge/verdict.h"
#include "reference/lines.h"

namespace chatspec {
namespace {

template <std::size_t N>
bool is_one_of(const std::string& code, const std::array<FailureCode, N>& codes) {
  return std::ranges::find(codes, code, [](FailureCode one) { return to_string(one); }) !=
         codes.end();
}

std::set<std::string, std::less<>> list_sent_lines(const CaseRecord& record) {
  std::string sent;
  for (const EventRecord& event : record.events) {
    if (event.kind == EventKind::kSent) sent += event.bytes.begin;
  }
  std::set<std::string, std::less<>> lines;
  for (std::string_view rest = sent; !rest.empty();) lines.emplace(chat::take_line(rest));
  return lines;
}

bool is_about_file(std::string_view requirement) {
  return requirement.starts_with("FILE-");
}

}  // namespace

bool ended_by_itself(const CaseRecord& record) {
  constexpr std::array kEndings{FailureCode::kClosedEarly, FailureCode::kResetEarly,
                                FailureCode::kExitedEarly, FailureCode::kWrongExit,
                                FailureCode::kNotRestarted};
  return record.failure && is_one_of(record.failure->code, kEndings);
}

std::string find_own_words(const CaseRecord& record) {
  if (!record.output.bytes.is_whole()) return {};
  const auto sent = list_sent_lines(record);
  std::string own;
  for (std::string_view rest = record.output.bytes.begin; !rest.empty();) {
    const std::string_view line = chat::take_line(rest);
    const bool was_sent = line.empty() || std::ranges::any_of(sent, [&](const std::string& one) {
                            return is_echo(line, one);
                          });
    if (!was_sent) own.append(line).append("\n");
  }
  return own;
}

bool are_files_the_matter(const CaseRecord& record) {
  constexpr std::array kAboutFiles{FailureCode::kExitedEarly, FailureCode::kListened,
                                   FailureCode::kWrongVerdict};
  constexpr std::array<std::string_view, 2> kFileCauses{"message-left-out", "message-too-many"};
  if (!record.failure) return false;
  const FindingRecord& failure = *record.failure;
  const bool is_cause =
      failure.cause && std::ranges::find(kFileCauses, failure.cause->id) != kFileCauses.end();
  return is_cause || is_one_of(failure.code, kAboutFiles) || is_about_file(failure.requirement) ||
         std::ranges::any_of(record.requirements, is_about_file);
}

}  // namespace chatspec
