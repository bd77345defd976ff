#include "harness/report/what_matters.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "harness/judge/diagnosis/echo.h"
#include "harness/judge/findings/verdict.h"
#include "harness/report/stack_trace.h"
#include "reference/text/lines.h"
#include "reference/text/quote.h"

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

// Whether the files that it was given are what it fails at.
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

constexpr std::size_t kLinesOfFile = 6;
constexpr std::size_t kShownOfLine = 70;

std::string show_file(const LoggedBytes& content) {
  std::string text;
  std::string_view rest = content.begin;
  for (std::size_t i = 0; i < kLinesOfFile && !rest.empty(); ++i)
    text += (i > 0 ? "\n" : "") + chat::quote_start(chat::take_whole_line(rest), kShownOfLine);
  const std::uint64_t left = content.length() - content.begin.size() + rest.size();
  if (left > 0) text += fmt::format("\n… and {} bytes more", left);
  return text.empty() ? "it is empty" : text;
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

std::vector<std::string> requirements_meant(const CaseRecord& record,
                                            const FindingRecord* finding) {
  const bool has_own = finding && !finding->requirement.empty();
  return has_own ? std::vector{finding->requirement} : record.requirements;
}

std::string describe_evidence(const EvidenceRecord& evidence) {
  const bool rests_on_limit =
      evidence.grade == QuietGrade::kDeadline || evidence.grade == QuietGrade::kBusy;
  return fmt::format("{} ({})", evidence.sentence,
                     rests_on_limit ? "a limit, not proof" : to_string(evidence.grade));
}

LoggedBytes errors_that_matter(const CaseRecord& record) {
  LoggedBytes bytes = record.errors.bytes;
  if (!bytes.is_whole()) return bytes;
  const auto& before_end = record.errors.before_end;
  if (before_end && record.verdict != Verdict::kCrash)
    bytes.begin.resize(std::min<std::size_t>(bytes.begin.size(), *before_end));
  bytes.begin = shorten_stack_traces(bytes.begin);
  return bytes;
}

std::vector<GivenFile> files_that_matter(const CaseRecord& record) {
  std::vector<GivenFile> files;
  if (!are_files_the_matter(record)) return files;
  for (const auto& [name, content] :
       {std::pair("keys", &record.files.keys), std::pair("messages", &record.files.messages),
        std::pair("signatures", &record.files.signatures)}) {
    if (*content) files.push_back({name, show_file(**content)});
  }
  return files;
}

}  // namespace chatspec
