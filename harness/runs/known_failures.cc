#include "harness/runs/known_failures.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "harness/suite/selection.h"
#include "reference/text/lines.h"
#include "reference/text/printable.h"
#include "reference/text/quote.h"
#include "reference/text/setting_text.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

std::string explain_code(std::string_view word) {
  std::vector<std::string_view> known;
  for (const FailureWord& failure : kFailures) known.push_back(failure.word);
  const std::string_view near = chat::closest_name(word, known);
  return fmt::format("{} is no failure's code{}; a log and a report name them in brackets",
                     chat::quote(word),
                     near.empty() ? "" : fmt::format(", did you mean {}?", near));
}

// A line that says something. The error is a sentence without a full stop.
std::expected<KnownFailure, std::string> parse_line(std::string_view line) {
  const std::string_view name = chat::take_word(line);
  const std::string_view word = chat::take_word(line);
  if (word.empty())
    return std::unexpected(
        "a case, the code with which it fails, and the reason are expected, such as: "
        "signature/second-key wrong-signature we count keys from 0");
  const auto code = parse_failure_code(word);
  if (!code) return std::unexpected(explain_code(word));
  const std::string_view reason = chat::trim_blanks(line);
  if (reason.empty())
    return std::unexpected(
        fmt::format("why does {} fail? The reason is missing", chat::quote(name)));
  return KnownFailure{
      .name = std::string(name), .code = *code, .reason = chat::escape_bytes(reason)};
}

}  // namespace

std::expected<std::vector<KnownFailure>, std::vector<chat::FileError>> parse_known_failures(
    std::string_view text, const std::string& file, bool is_flaky) {
  std::vector<KnownFailure> known;
  std::vector<chat::FileError> errors;
  chat::pass_byte_order_mark(text);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = chat::trim_blanks(chat::take_line(text));
    if (line.empty() || line.starts_with('#')) continue;
    auto entry = parse_line(line);
    if (!entry) {
      errors.push_back({.file = file, .line = number, .message = entry.error()});
      continue;
    }
    // Of two reasons for the same, one is not true any more.
    const auto earlier = std::ranges::find_if(known, [&](const KnownFailure& one) {
      return one.name == entry->name && one.code == entry->code;
    });
    if (earlier != known.end()) {
      errors.push_back({.file = file,
                        .line = number,
                        .message = fmt::format("{} with {} stands in line {} already: remove one",
                                               chat::quote(entry->name), to_string(entry->code),
                                               earlier->line)});
      continue;
    }
    entry->file = file;
    entry->line = number;
    entry->is_flaky = is_flaky;
    known.push_back(*std::move(entry));
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return known;
}

std::vector<chat::FileError> find_unmatched(const std::vector<KnownFailure>& known,
                                            const std::vector<Case>& cases) {
  std::vector<chat::FileError> errors;
  for (const KnownFailure& entry : known) {
    const std::vector<std::string> problems = find_unmatched(cases, {.names = {entry.name}});
    if (!problems.empty())
      errors.push_back({.file = entry.file, .line = entry.line, .message = problems.front()});
  }
  return errors;
}

KnownOutcome look_up(const std::vector<KnownFailure>& known, const Case& played,
                     const Judgement& judgement) {
  const bool is_judged =
      judgement.verdict != Verdict::kSkipped && judgement.verdict != Verdict::kError;
  KnownOutcome outcome;
  for (const KnownFailure& entry : known) {
    if (!is_judged || outcome.is_met || !is_named(played, entry.name)) continue;
    if (entry.is_flaky && !judgement.failure) continue;
    outcome.is_met = judgement.failure && judgement.failure->code == entry.code;
    if (outcome.is_met || !outcome.entry) outcome.entry = &entry;
  }
  return outcome;
}

}  // namespace chatspec
