// Whether output or exit are as they should be is the output matcher's to say, which the player has
// asked the same; this file says why they are not. A line that is missing is looked for in the
// wrong places: within another line, before those that should come first, on standard error.

#include "harness/judge/program_judge.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "harness/judge/diagnosis/echo.h"
#include "harness/judge/faults/exit_text.h"
#include "harness/judge/findings/output_matcher.h"
#include "reference/text/lines.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kShownOfLine = 200;  // of a line that was written instead

// What was written instead of a line, where anything was.
std::string start_of(std::string_view text) {
  return std::string(chat::take_line(text).substr(0, kShownOfLine));
}

// The first line of `text` that holds `part`; empty where none does, and for an empty part.
std::string_view line_with(std::string_view text, std::string_view part) {
  while (!text.empty() && !part.empty()) {
    const std::string_view line = chat::take_line(text);
    if (line.contains(part)) return line;
  }
  return {};
}

std::size_t count_lines_with(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  while (!text.empty()) count += chat::take_line(text).contains(part);
  return count;
}

// Why a line is not found that was to be printed, and what was printed instead.
void explain_missing(Finding& finding, const MissingLine& missing, const Written& written,
                     bool has_exited) {
  const std::string_view near = line_with(missing.rest, missing.line);
  // Of a line that is due several times, those that were printed may be the earlier ones.
  const bool is_printed =
      !missing.line.empty() && count_lines_with(written.output, missing.line) >= missing.times;
  if (!near.empty()) {
    finding.received = start_of(near);
    finding.cause = make_cause("printed-within-a-line");
  } else if (is_printed) {
    finding.received = start_of(missing.rest);  // what stands in its place
    finding.cause = make_cause("printed-in-another-order");
  } else if (!line_with(written.errors, missing.line).empty()) {
    finding.cause = make_cause("printed-as-error");
  } else if (written.output.empty()) {
    finding.cause = make_cause(has_exited ? CauseId("nothing-printed") : "output-not-flushed");
  } else {
    finding.received = start_of(missing.rest.empty() ? written.output : missing.rest);
  }
}

Finding find_why_not_printed(const Script& script, const Step& step,
                             const std::vector<Event>& events, const Written& written) {
  Finding finding{.code = FailureCode::kMissingOutput};
  if (const auto missing = find_missing_line(script, step, events, written.output)) {
    finding.expected = chat::quote_start(missing->line);
    finding.expected_bytes = missing->line;
    explain_missing(finding, *missing, written, find_exit(events).has_value());
    return finding;
  }
  finding.received = start_of(written.output);
  if (finding.received.empty()) finding.cause = make_cause("nothing-printed");
  return finding;
}

// The last line of the output that the program did not receive; may be empty.
std::string_view last_own_line(std::string_view output, const std::vector<Event>& events) {
  std::string_view last;
  while (!output.empty()) {
    const std::string_view line = chat::take_line(output);
    const bool was_sent = std::ranges::any_of(events, [&](const Event& event) {
      if (event.kind != EventKind::kSent) return false;
      for (std::string_view rest = event.bytes; !rest.empty();) {
        if (is_echo(line, chat::take_line(rest))) return true;
      }
      return false;
    });
    if (!line.empty() && !was_sent) last = line;
  }
  return last;
}

// What it wrote before it was given cause is no complaint. Where nobody saw that it waited for what
// we did, everything counts.
Finding find_why_no_complaint(const Written& written, const std::vector<Event>& events) {
  Finding finding{.code = FailureCode::kNoComplaint};
  const std::string_view since = written.errors.substr(written.errors_before);
  if (!since.empty()) {
    finding.received = start_of(since);
    finding.cause = make_cause("other-complaint");
  } else if (written.errors_before > 0) {
    finding.received = start_of(written.errors);
    finding.cause = make_cause("complaint-came-before");
  } else if (const std::string_view line = last_own_line(written.output, events); !line.empty()) {
    finding.cause = make_cause("complaint-printed",
                               {{"line", chat::escape_bytes(line.substr(0, kShownOfLine))}});
  }
  return finding;
}

std::optional<Finding> judge_written(const Script& script, const Step& step,
                                     const std::vector<Event>& events) {
  const Written written = find_written(events);
  if (is_written(script, step, events, written)) return std::nullopt;
  return step.alternatives.front().kind == ItemKind::kComplains
             ? find_why_no_complaint(written, events)
             : find_why_not_printed(script, step, events, written);
}

bool may_still_run(ExitWanted wanted) {
  return wanted == ExitWanted::kZeroOrNone || wanted == ExitWanted::kAnyOrNone;
}

bool is_met(const Expectation& wanted, int status) {
  switch (wanted.exit) {
    case ExitWanted::kZero:
    case ExitWanted::kZeroOrNone:
      return status == 0;
    case ExitWanted::kNonZero:
      return status != 0;
    case ExitWanted::kStatus:
      return status == static_cast<int>(wanted.status);
    case ExitWanted::kAny:
    case ExitWanted::kAnyOrNone:
      return true;
  }
  return true;
}

std::optional<Finding> judge_exit(const Expectation& wanted, const std::vector<Event>& events) {
  const auto exit = find_exit(events);
  if (!exit && may_still_run(wanted.exit)) return std::nullopt;
  if (!exit) {
    Finding finding{.code = FailureCode::kNotExited};
    const Event* quiet = find_last(events, EventKind::kQuiet);
    if (quiet) finding.evidence = evidence_of(*quiet);
    return finding;
  }
  if (exit->by_signal)
    return Finding{.code = FailureCode::kKilled, .message = describe_exit(*exit)};
  if (is_met(wanted, exit->value)) return std::nullopt;
  return Finding{.code = FailureCode::kWrongExit, .message = describe_exit(*exit)};
}

}  // namespace

std::optional<Finding> judge_program(const Script& script, std::size_t step,
                                     const std::vector<Event>& events) {
  const Step& wanted = script.steps[step];
  assert(expects_output(wanted) || wanted.alternatives.front().kind == ItemKind::kExit);
  std::optional<Finding> finding = expects_output(wanted)
                                       ? judge_written(script, wanted, events)
                                       : judge_exit(wanted.alternatives.front(), events);
  if (!finding) return std::nullopt;
  finding->step = step;
  if (finding->expected.empty()) finding->expected = wanted.shown;
  if (finding->message.empty()) finding->message = describe(finding->code).meaning;
  return finding;
}

std::string unseen_output(const Finding& finding, const std::vector<Event>& events) {
  const bool complaint = finding.code == FailureCode::kNoComplaint;
  if (!complaint && finding.code != FailureCode::kMissingOutput) return {};
  const Event* output = find_last(events, complaint ? EventKind::kErrors : EventKind::kOutput);
  if (!output || !output->truncated) return {};
  return fmt::format("{} is not among the first {} MiB of what it {}; the rest was not looked at",
                     finding.expected, output->bytes.size() >> 20,
                     complaint ? "wrote to standard error" : "printed");
}

}  // namespace chatspec
