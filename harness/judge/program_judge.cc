#include "harness/judge/program_judge.h"

#include <algorithm>
#include <cstring>
#include <set>

#include <fmt/format.h>

#include "reference/escape.h"
#include "reference/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kShownOfLine = 200;  // of a line that was printed instead

const Event* find_last(const std::vector<Event>& events, EventKind kind) {
  const auto found = std::find_if(events.rbegin(), events.rend(),
                                  [&](const Event& event) { return event.kind == kind; });
  return found == events.rend() ? nullptr : &*found;
}

// Takes the next line off `rest`, without its line end.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Everything that we sent on one connection, cut into the units that a receiver sees.
std::vector<std::string> units_sent(const Script& script, const std::vector<Event>& events,
                                    int connection) {
  std::vector<std::string> units;
  std::string sent;
  std::size_t step = 0;
  const auto flush = [&] {
    for (std::string_view rest = sent; !rest.empty();) units.emplace_back(take_line(rest));
    sent.clear();
  };
  for (const Event& event : events) {
    if (event.kind != EventKind::kSent || event.connection != connection) continue;
    if (!script.profile.has_line_ends() && event.step != step) flush();
    step = event.step;
    sent += event.bytes;
  }
  flush();
  return units;
}

// The first line of `text` that holds `part`; empty where none does, and for an empty part.
std::string_view line_with(std::string_view text, std::string_view part) {
  while (!text.empty() && !part.empty()) {
    const std::string_view line = take_line(text);
    if (line.contains(part)) return line;
  }
  return {};
}

// Why a line is not found that was to be printed, and what was printed instead.
void explain_missing(Finding& finding, std::string_view unit, std::string_view rest,
                     const Event* output, const Event* errors, bool has_exited) {
  const std::string_view printed = output ? std::string_view(output->bytes) : std::string_view();
  const std::string_view near = line_with(rest, unit);
  const std::string_view before = line_with(printed, unit);
  if (!near.empty()) {
    finding.received = near;
    finding.cause = make_cause("printed-within-a-line");
  } else if (!before.empty()) {
    finding.received = before;
    finding.cause = make_cause("printed-in-another-order");
  } else if (errors && !line_with(errors->bytes, unit).empty()) {
    finding.cause = make_cause("printed-as-error");
  } else if (printed.empty()) {
    finding.cause = make_cause(has_exited ? CauseId("nothing-printed") : "output-not-flushed");
  } else {
    std::string_view instead = rest.empty() ? printed : rest;
    finding.received = take_line(instead);
  }
  finding.received.resize(std::min(finding.received.size(), kShownOfLine));
}

std::optional<Finding> find_missing(const std::vector<std::string>& units,
                                    const std::vector<Event>& events, const Script& script) {
  const Event* output = find_last(events, EventKind::kOutput);
  std::string_view rest = output ? std::string_view(output->bytes) : std::string_view();
  for (const std::string& unit : units) {
    std::string unescaped;  // as which a text's line may be printed, too
    chat::unescape_line(script.profile, unit, unescaped);
    bool found = false;
    std::string_view left = rest;
    while (!found && !left.empty()) {
      const std::string_view line = take_line(left);
      found = line == unit || line == unescaped;
    }
    if (!found) {
      Finding finding{.code = FailureCode::kMissingOutput};
      finding.expected = chat::quote_start(unit);
      finding.expected_bytes = unit;
      explain_missing(finding, unit, rest, output, find_last(events, EventKind::kErrors),
                      find_last(events, EventKind::kExited) != nullptr);
      return finding;
    }
    rest = left;
  }
  return std::nullopt;
}

bool holds_line(std::string_view text, const Pattern& pattern) {
  while (!text.empty()) {
    if (fits(pattern, take_line(text))) return true;
  }
  return false;
}

// What was written instead of a line, where anything was.
std::string start_of(std::string_view text) {
  return std::string(take_line(text).substr(0, kShownOfLine));
}

std::optional<Finding> judge_printed(const Pattern& pattern, const std::vector<Event>& events,
                                     const Script& script) {
  if (pattern.parts.size() == 1) return find_missing(pattern.parts, events, script);
  const Event* output = find_last(events, EventKind::kOutput);
  if (output && holds_line(output->bytes, pattern)) return std::nullopt;
  Finding finding{.code = FailureCode::kMissingOutput};
  finding.received = output ? start_of(output->bytes) : "";
  if (finding.received.empty()) finding.cause = make_cause("nothing-printed");
  return finding;
}

// What it wrote before it was given cause is no complaint. Where nobody saw that it waited for what
// we did (kErrorsBefore is not there), everything counts.
std::optional<Finding> judge_complaint(const Pattern& pattern, const std::vector<Event>& events) {
  const Event* errors = find_last(events, EventKind::kErrors);
  const Event* before = find_last(events, EventKind::kErrorsBefore);
  std::string_view text = errors ? std::string_view(errors->bytes) : std::string_view();
  const std::size_t earlier = before ? std::min(before->bytes.size(), text.size()) : 0;
  text.remove_prefix(earlier);
  if (pattern.parts.empty() ? !text.empty() : holds_line(text, pattern)) return std::nullopt;
  Finding finding{.code = FailureCode::kNoComplaint};
  if (!text.empty()) {
    finding.received = start_of(text);
    finding.cause = make_cause("other-complaint");
  } else if (earlier > 0) {
    finding.received = start_of(errors->bytes);
    finding.cause = make_cause("complaint-came-before");
  }
  return finding;
}

// In what order the lines of several connections are printed is nobody's business.
std::optional<Finding> find_missing_received(const Script& script,
                                             const std::vector<Event>& events) {
  std::set<int> connections;
  for (const Event& event : events) {
    if (event.kind == EventKind::kSent) connections.insert(event.connection);
  }
  for (const int connection : connections) {
    auto missing = find_missing(units_sent(script, events, connection), events, script);
    if (missing) return missing;
  }
  return std::nullopt;
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

std::optional<Finding> judge_exit(const Expectation& wanted, const Event* exited,
                                  const Event* quiet) {
  if (!exited && may_still_run(wanted.exit)) return std::nullopt;
  if (!exited) {
    Finding finding{.code = FailureCode::kNotExited};
    if (quiet) finding.evidence = evidence_of(*quiet);
    return finding;
  }
  const ExitStatus& exit = *exited->exit;
  if (exit.by_signal) return Finding{.code = FailureCode::kKilled, .message = describe_exit(exit)};
  if (is_met(wanted, exit.value)) return std::nullopt;
  return Finding{.code = FailureCode::kWrongExit, .message = describe_exit(exit)};
}

}  // namespace

std::optional<Finding> judge_program(const Script& script, std::size_t step,
                                     const std::vector<Event>& events) {
  const Step& wanted = script.steps[step];
  const Expectation& expectation = wanted.alternatives.front();
  std::optional<Finding> finding;
  switch (expectation.kind) {
    case ItemKind::kExit:
      finding = judge_exit(expectation, find_last(events, EventKind::kExited),
                           find_last(events, EventKind::kQuiet));
      break;
    case ItemKind::kComplains:
      finding = judge_complaint(expectation.pattern, events);
      break;
    case ItemKind::kPrints:
      finding = judge_printed(expectation.pattern, events, script);
      break;
    case ItemKind::kPrintsReceived:
      finding = find_missing_received(script, events);
      break;
    default:
      break;
  }
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

Evidence evidence_of(const Event& quiet) {
  return {.grade = quiet.grade,
          .last_seen = quiet.last_seen,
          .connection = quiet.connection,
          .sentence = quiet.bytes};
}

std::string describe_exit(const ExitStatus& exit) {
  if (!exit.by_signal) return fmt::format("it ended with status {}", exit.value);
  return fmt::format("it was killed by {}", describe_signal(exit.value));
}

std::string describe_signal(int number) {
  return fmt::format("signal {} ({})", number,
                     sigdescr_np(number) ? sigdescr_np(number) : "unknown");
}

}  // namespace chatspec
