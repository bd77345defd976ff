#include "harness/play/program_end.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "harness/judge/findings/output_matcher.h"
#include "harness/scenario/item_kind.h"

namespace chatspec {
namespace {

// Of what may go on within its last line.
std::string_view whole_lines(std::string_view text) {
  return text.substr(0, text.rfind('\n') + 1);
}

ExitWait exit_wait_for(ExitWanted wanted) {
  switch (wanted) {
    case ExitWanted::kZeroOrNone:
      return ExitWait::kPossible;
    case ExitWanted::kAnyOrNone:
      return ExitWait::kCrashOnly;
    default:
      return ExitWait::kDue;
  }
}

// What a program is to do by itself at the end: the rest of the script, where that is about the
// program.
class ProgramEnd {
 public:
  ProgramEnd(const Script& script, Cell& cell, Recording& recording)
      : script_(script),
        cell_(cell),
        recording_(recording),
        rest_(std::span(script.steps).subspan(recording.step())) {}

  // Waits for what the script asks about the program, and for the exit where a connection broke
  // off, which a crash may be the reason of.
  void await(bool has_broken_off) {
    if (find_first(recording_.events(), EventKind::kExited) || recording_.has_given_up()) return;
    const bool asked = asks_about_program();
    if (!asked && !has_broken_off) return;
    const ExitWait wait = asked ? exit_wait() : ExitWait::kUnlikely;
    if (asked && wait != ExitWait::kDue && !await_output()) return;
    const auto exit = cell_.await_exit(wait);
    if (exit) {
      recording_.add({.kind = EventKind::kExited, .exit = *exit});
    } else if (asked || exit.error().kind != CellFailure::Kind::kNotExited) {
      recording_.add(exit.error());
    }
  }

 private:
  bool asks_about_program() const {
    if (rest_.empty() || rest_.front().action != Action::kExpect) return false;
    const ItemKind kind = rest_.front().alternatives.front().kind;
    return is_about_program(kind) || kind == ItemKind::kNothing;
  }

  ExitWait exit_wait() const {
    ExitWait wait = ExitWait::kUnlikely;
    for (const Step& step : rest_) {
      const Expectation& wanted = step.alternatives.front();
      if (wanted.kind == ItemKind::kNothing) return ExitWait::kDue;
      if (wanted.kind == ItemKind::kExit) wait = std::min(wait, exit_wait_for(wanted.exit));
    }
    return wait;
  }

  // Output that a program keeps in a buffer comes with its end.
  bool await_output() {
    const auto written = cell_.await_output([&] { return has_written_all(); });
    if (!written) recording_.add(written.error());
    return written.has_value();
  }

  bool has_written_all() const {
    const Event* before = find_last(recording_.events(), EventKind::kErrorsBefore);
    const Written written{.output = whole_lines(cell_.output().bytes),
                          .errors = cell_.errors().bytes,
                          .errors_before = before ? before->bytes.size() : 0};
    return std::ranges::all_of(rest_, [&](const Step& step) {
      return !expects_output(step) || is_written(script_, step, recording_.events(), written);
    });
  }

  const Script& script_;
  Cell& cell_;
  Recording& recording_;
  std::span<const Step> rest_;
};

void record_output(Cell& cell, std::size_t errors_before_end, Recording& recording) {
  Event output{.kind = EventKind::kOutput, .bytes = cell.output().bytes};
  output.truncated = cell.output().truncated;
  recording.add(std::move(output));
  Event errors{.kind = EventKind::kErrors, .bytes = cell.errors().bytes};
  errors.truncated = cell.errors().truncated;
  errors.evidence = std::min(errors_before_end, cell.errors().before_end);
  recording.add(std::move(errors));
}

}  // namespace

void end_program(const Script& script, Cell& cell, bool is_started_by_us,
                 Conversation& conversation, Recording& recording) {
  // What it does because we end a conversation in the middle is not what the script asks about.
  const bool cuts_short = conversation.is_open();
  const std::size_t errors_before_end = cuts_short ? cell.errors().bytes.size() : std::string::npos;
  std::vector<ProcessDeath> deaths = cuts_short ? cell.deaths() : std::vector<ProcessDeath>();
  conversation.close();
  if (cell.has_process() && is_started_by_us)
    ProgramEnd(script, cell, recording).await(conversation.has_broken_off());
  const std::string left_over = cell.stop();
  if (!cuts_short) deaths = cell.deaths();
  if (const auto trouble = cell.trouble(); trouble && !recording.has_given_up())
    recording.add({.kind = EventKind::kTrouble, .bytes = *trouble});
  for (const ProcessDeath& death : deaths) {
    recording.add({.kind = EventKind::kDied,
                   .bytes = death.name,
                   .exit = ExitStatus{.by_signal = true, .value = death.signal}});
  }
  recording.add({.kind = EventKind::kStopped, .bytes = left_over});
  if (cell.has_process()) record_output(cell, errors_before_end, recording);
}

}  // namespace chatspec
