#include "harness/cli/records.h"

#include <fmt/format.h>

#include "harness/report/printable.h"
#include "harness/script/dialect.h"
#include "reference/quote.h"
#include "reference/requirements.h"

namespace chatspec {
namespace {

FindingRecord make_finding(const Finding& finding) {
  FindingRecord record;
  record.code = to_string(finding.code);
  record.requirement = finding.requirement;
  record.expected = finding.expected;
  record.received = chat::escape_bytes(finding.received);
  record.message = finding.message;
  record.cause = finding.cause.sentence;
  if (finding.evidence) record.evidence = finding.evidence->sentence;
  if (finding.evidence) record.grade = to_string(finding.evidence->grade);
  return record;
}

ExchangeRecord make_exchange(const ExchangeLine& line) {
  ExchangeRecord record;
  record.speaker = line.speaker == Role::kClient ? "C" : "S";
  if (line.connection > 1) record.speaker += std::to_string(line.connection);
  record.is_note = !line.note.empty();
  record.text = record.is_note ? line.note : chat::quote(line.bytes);
  if (line.left_out > 0) record.text += fmt::format(" … and {} bytes more", line.left_out);
  if (line.pieces > 1) record.text += fmt::format(" (in {} segments)", line.pieces);
  return record;
}

// Printable, with its line structure kept.
std::string make_printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    for (std::size_t i = 0; i < line.size(); ++i)
      out += line[i] == '"' ? "\"" : chat::escape_bytes(line.substr(i, 1));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    if (!text.empty()) out += '\n';
  }
  return out;
}

// Compilers set names between typographic quotes, which would hide them when made printable.
std::string with_plain_quotes(std::string text) {
  for (const std::string_view quote : {"\xe2\x80\x98", "\xe2\x80\x99"}) {
    for (std::size_t at = 0; (at = text.find(quote, at)) != std::string::npos; ++at)
      text.replace(at, quote.size(), "'");
  }
  return text;
}

std::uint64_t microseconds(std::chrono::nanoseconds duration) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
}

}  // namespace

CaseRecord make_case_record(const CaseResult& result, const chat::Profile& profile) {
  const Case& played = *result.played;
  const Judgement& judgement = result.judgement;
  const Dialect dialect(profile, played.scenario);
  CaseRecord record;
  record.id = without_controls(played.id);  // of a file's name
  record.title = dialect.prose(played.title());
  record.description = dialect.prose(played.description());
  record.level = chat::to_string(played.level(result.role));
  record.requirements = played.requirements(result.role);
  record.verdict = judgement.verdict;
  if (judgement.failure) record.failure.push_back(make_finding(*judgement.failure));
  for (const Finding& deviation : judgement.deviations)
    record.deviations.push_back(make_finding(deviation));
  for (const ExchangeLine& line : result.exchange) record.exchange.push_back(make_exchange(line));
  record.reason = judgement.reason();
  record.left_over = judgement.left_over;
  if (judgement.delivery) record.delivery = judgement.delivery->sentence;
  record.errors = make_printable(result.errors);
  record.reproduction = result.reproduction;
  record.duration_us = microseconds(result.duration);
  return record;
}

BuildRecord make_build_record(const std::string& command, const BuildResult& result,
                              std::chrono::nanoseconds duration) {
  using Outcome = BuildResult::Outcome;
  BuildRecord record;
  record.command = without_controls(command);
  if (result.outcome == Outcome::kFailed) record.verdict = Verdict::kFail;
  if (result.outcome == Outcome::kTrouble) record.verdict = Verdict::kError;
  if (result.outcome == Outcome::kInterrupted) record.verdict = Verdict::kSkipped;
  record.message = without_controls(result.message);
  record.output = make_printable(with_plain_quotes(shorten_output(result.output)));
  record.left_over = result.left_over;
  record.duration_us = microseconds(duration);
  return record;
}

std::string describe_left_out(const CopiedTree& copied) {
  std::string text;
  for (const LeftOut& one : copied.left_out) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", chat::escape_bytes(one.path),
                        chat::escape_bytes(one.why));
  }
  const std::uint64_t more = copied.left_out_count - copied.left_out.size();
  return more == 0 ? text : fmt::format("{} and {} more", text, more);
}

}  // namespace chatspec
