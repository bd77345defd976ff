#include "harness/judge/program_judge.h"

#include <algorithm>
#include <cstring>
#include <set>

#include <fmt/format.h>

#include "reference/escape.h"
#include "reference/quote.h"

namespace chatspec {
namespace {

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

std::optional<Finding> find_missing(const std::vector<std::string>& units, const Event* output,
                                    const Script& script) {
  std::string_view rest = output ? std::string_view(output->bytes) : std::string_view();
  for (const std::string& unit : units) {
    std::string unescaped;  // as which a text's line may be printed, too
    chat::unescape_line(script.profile, unit, unescaped);
    bool found = false;
    while (!found && !rest.empty()) {
      const std::string_view line = take_line(rest);
      found = line == unit || line == unescaped;
    }
    if (!found) {
      Finding finding{.code = FailureCode::kMissingOutput};
      finding.expected = chat::quote_start(unit);
      if (output && output->truncated) {
        finding.cause = fmt::format("it printed much; only the first {} bytes were looked at",
                                    output->bytes.size());
      }
      return finding;
    }
  }
  return std::nullopt;
}

// In what order the lines of several connections are printed is nobody's business.
std::optional<Finding> find_missing_received(const Script& script, const std::vector<Event>& events,
                                             const Event* output) {
  std::set<int> connections;
  for (const Event& event : events) {
    if (event.kind == EventKind::kSent) connections.insert(event.connection);
  }
  for (const int connection : connections) {
    auto missing = find_missing(units_sent(script, events, connection), output, script);
    if (missing) return missing;
  }
  return std::nullopt;
}

bool may_still_run(ExitWanted wanted) {
  return wanted == ExitWanted::kZeroOrNone || wanted == ExitWanted::kAnyOrNone;
}

bool is_met(ExitWanted wanted, int status) {
  switch (wanted) {
    case ExitWanted::kZero:
    case ExitWanted::kZeroOrNone:
      return status == 0;
    case ExitWanted::kNonZero:
      return status != 0;
    case ExitWanted::kAny:
    case ExitWanted::kAnyOrNone:
      return true;
  }
  return true;
}

std::optional<Finding> judge_exit(ExitWanted wanted, const Event* exited, const Event* quiet) {
  if (!exited && may_still_run(wanted)) return std::nullopt;
  if (!exited) {
    Finding finding{.code = FailureCode::kNotExited};
    if (quiet) {
      finding.evidence = quiet->bytes;
      finding.grade = quiet->grade;
    }
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
  const Event* output = find_last(events, EventKind::kOutput);
  std::optional<Finding> finding;
  switch (expectation.kind) {
    case ItemKind::kExit:
      finding = judge_exit(expectation.exit, find_last(events, EventKind::kExited),
                           find_last(events, EventKind::kQuiet));
      break;
    case ItemKind::kComplains: {
      const Event* errors = find_last(events, EventKind::kErrors);
      if (!errors || errors->bytes.empty()) finding = Finding{.code = FailureCode::kNoComplaint};
      break;
    }
    case ItemKind::kPrints:
      finding = find_missing({expectation.bytes}, output, script);
      break;
    case ItemKind::kPrintsReceived:
      finding = find_missing_received(script, events, output);
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

std::string describe_exit(const ExitStatus& exit) {
  if (!exit.by_signal) return fmt::format("it ended with status {}", exit.value);
  return fmt::format("it was killed by signal {} ({})", exit.value,
                     sigdescr_np(exit.value) ? sigdescr_np(exit.value) : "unknown");
}

}  // namespace chatspec
