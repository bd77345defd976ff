// The lines that are due must stand in the output in their order, with any others between them: so
// each is looked for after the one before, in one pass. A line of a text may be printed as it was
// sent or as it means, hence two forms of each. What several connections had to print may be mixed
// in any way, so each connection is looked for by itself.

#include "harness/judge/findings/output_matcher.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <span>

#include "reference/escape.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

// Everything that we sent on one connection, cut into the units that a receiver sees.
std::vector<std::string> units_sent(const Script& script, const std::vector<Event>& events,
                                    int connection) {
  std::vector<std::string> units;
  std::string sent;
  std::size_t step = 0;
  const auto flush = [&] {
    for (std::string_view rest = sent; !rest.empty();) units.emplace_back(chat::take_line(rest));
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

// The first of the lines that does not stand in the output, or only before another.
std::optional<MissingLine> find_missing(const Script& script, const std::vector<std::string>& lines,
                                        std::string_view output) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& wanted = lines[i];
    std::string unescaped;  // as which a text's line may be printed, too
    chat::unescape_line(script.profile, wanted, unescaped);
    bool found = false;
    std::string_view left = output;
    while (!found && !left.empty()) {
      const std::string_view line = chat::take_line(left);
      found = line == wanted || line == unescaped;
    }
    if (!found) {
      const auto until = std::span(lines).first(i + 1);
      return MissingLine{.line = wanted,
                         .times = static_cast<std::size_t>(std::ranges::count(until, wanted)),
                         .rest = output};
    }
    output = left;
  }
  return std::nullopt;
}

// In what order the lines of several connections are printed is nobody's business.
std::optional<MissingLine> find_missing_received(const Script& script,
                                                 const std::vector<Event>& events,
                                                 std::string_view output) {
  std::set<int> connections;
  for (const Event& event : events) {
    if (event.kind == EventKind::kSent) connections.insert(event.connection);
  }
  for (const int connection : connections) {
    if (auto missing = find_missing(script, units_sent(script, events, connection), output))
      return missing;
  }
  return std::nullopt;
}

bool holds_line(std::string_view text, const Pattern& pattern) {
  while (!text.empty()) {
    if (fits(pattern, chat::take_line(text))) return true;
  }
  return false;
}

// Whether a pattern is the whole of a line.
bool is_line(const Pattern& pattern) {
  return pattern.parts.size() == 1;
}

}  // namespace

Written find_written(const std::vector<Event>& events) {
  const Event* output = find_last(events, EventKind::kOutput);
  const Event* errors = find_last(events, EventKind::kErrors);
  const Event* before = find_last(events, EventKind::kErrorsBefore);
  Written written;
  if (output) written.output = output->bytes;
  if (errors) written.errors = errors->bytes;
  if (before) written.errors_before = std::min(before->bytes.size(), written.errors.size());
  return written;
}

bool expects_output(const Step& step) {
  if (step.action != Action::kExpect) return false;
  const ItemKind kind = step.alternatives.front().kind;
  return kind == ItemKind::kPrints || kind == ItemKind::kPrintsReceived ||
         kind == ItemKind::kComplains;
}

std::optional<MissingLine> find_missing_line(const Script& script, const Step& step,
                                             const std::vector<Event>& events,
                                             std::string_view output) {
  assert(expects_output(step));
  const Expectation& wanted = step.alternatives.front();
  if (wanted.kind == ItemKind::kPrintsReceived)
    return find_missing_received(script, events, output);
  if (wanted.kind == ItemKind::kPrints && is_line(wanted.pattern))
    return find_missing(script, wanted.pattern.parts, output);
  return std::nullopt;
}

bool is_written(const Script& script, const Step& step, const std::vector<Event>& events,
                const Written& written) {
  assert(expects_output(step));
  const Expectation& wanted = step.alternatives.front();
  if (wanted.kind == ItemKind::kComplains) {
    const std::string_view since = written.errors.substr(written.errors_before);
    return wanted.pattern.parts.empty() ? !since.empty() : holds_line(since, wanted.pattern);
  }
  if (wanted.kind == ItemKind::kPrints && !is_line(wanted.pattern))
    return holds_line(written.output, wanted.pattern);
  return !find_missing_line(script, step, events, written.output);
}

}  // namespace chatspec
