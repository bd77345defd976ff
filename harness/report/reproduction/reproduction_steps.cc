// First the events become steps, and everything that came is taken for what should come. Then the
// findings change that. A finding says which bytes were wrong, but not where they lie in the
// stream: they are looked for among what came between two things that we did, at the beginning of a
// unit. Where they are there several times, each place may be meant, and the steps take what is due
// in any of them; what the flawed program sent is none of these.

#include "harness/report/reproduction/reproduction_steps.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "reference/text/word_table.h"

namespace chatspec {
namespace {

// How a finding is seen from outside.
enum class Check { kBytes, kNothing, kClose, kConnection, kRefusal, kKill, kLook };

struct CodeCheck {
  FailureCode code;
  Check check;
};

// What is not listed is to be looked at by a person.
constexpr std::array kCodeChecks{
    CodeCheck{FailureCode::kWrongReply, Check::kBytes},
    CodeCheck{FailureCode::kReplyText, Check::kBytes},
    CodeCheck{FailureCode::kWrongCommand, Check::kBytes},
    CodeCheck{FailureCode::kWrongVerdict, Check::kBytes},
    CodeCheck{FailureCode::kWrongSignature, Check::kBytes},
    CodeCheck{FailureCode::kMalformedSignature, Check::kBytes},
    CodeCheck{FailureCode::kWrongText, Check::kBytes},
    CodeCheck{FailureCode::kWrongBytes, Check::kBytes},
    CodeCheck{FailureCode::kLineEnd, Check::kBytes},
    CodeCheck{FailureCode::kUnexpectedData, Check::kNothing},
    CodeCheck{FailureCode::kEarlyAnswer, Check::kNothing},
    CodeCheck{FailureCode::kNoAnswer, Check::kBytes},
    CodeCheck{FailureCode::kPartialAnswer, Check::kBytes},
    CodeCheck{FailureCode::kClosedEarly, Check::kBytes},
    CodeCheck{FailureCode::kResetEarly, Check::kBytes},
    CodeCheck{FailureCode::kNotClosed, Check::kClose},
    CodeCheck{FailureCode::kResetAtEnd, Check::kClose},
    CodeCheck{FailureCode::kNoConnection, Check::kConnection},
    CodeCheck{FailureCode::kRefused, Check::kConnection},
    CodeCheck{FailureCode::kNeverListened, Check::kConnection},
    CodeCheck{FailureCode::kNotRestarted, Check::kConnection},
    CodeCheck{FailureCode::kExitedEarly, Check::kConnection},
    CodeCheck{FailureCode::kListened, Check::kRefusal},
    CodeCheck{FailureCode::kKilled, Check::kKill},
    CodeCheck{FailureCode::kUpperCase, Check::kBytes},
    CodeCheck{FailureCode::kLowerCase, Check::kBytes},
};

Check check_of(const FindingRecord& finding) {
  const auto found = std::ranges::find_if(
      kCodeChecks, [&](const CodeCheck& one) { return to_string(one.code) == finding.code; });
  return found == kCodeChecks.end() ? Check::kLook : found->check;
}

// Whether the conversation ends with the finding, where it is the failure.
bool ends_conversation(Check check) {
  return check != Check::kKill && check != Check::kLook;
}

bool is_ending(EventKind kind) {
  return kind == EventKind::kEndOfStream || kind == EventKind::kReset || kind == EventKind::kQuiet;
}

class StepMaker {
 public:
  StepMaker(const RunRecord& run, const CaseRecord& record)
      : record_(record), line_ends_(has_line_ends(run.profile)) {}

  std::expected<std::vector<PlayStep>, std::string> make() {
    for (const EventRecord& event : record_.events) {
      if (is_behind_failure(event)) continue;
      if (const bool is_exchanged =
              event.kind == EventKind::kSent || event.kind == EventKind::kReceived;
          is_exchanged && !event.bytes.is_whole()) {
        return std::unexpected(fmt::format(
            "the log has only the beginning and the end of {} bytes that were {}",
            event.bytes.length(), event.kind == EventKind::kSent ? "sent" : "received"));
      }
      add(event);
    }
    for (const FindingRecord& deviation : record_.deviations) add_deviation(deviation);
    if (record_.failure) add_failure(*record_.failure);
    return std::move(steps_);
  }

 private:
  bool is_behind_failure(const EventRecord& event) const {
    const auto& failure = record_.failure;
    if (!failure || !ends_conversation(check_of(*failure))) return false;
    return event.step > failure->step || (event.step == failure->step && is_ending(event.kind));
  }

  void add(const EventRecord& event) {
    switch (event.kind) {
      case EventKind::kStarted:
        if (std::exchange(has_started_, true)) push(PlayAction::kRestart, event);
        return;
      case EventKind::kConnected:
        return push(PlayAction::kConnect, event);
      case EventKind::kTaken:
        awaits_reading_ = true;
        return;
      case EventKind::kSent:
        if (std::exchange(awaits_reading_, false)) push(PlayAction::kAwaitReading, event);
        return push(PlayAction::kSend, event, {event.bytes.begin});
      case EventKind::kReceived:
        return add_received(event);
      case EventKind::kEndOfStream:
        return push(PlayAction::kExpectClose, event);
      case EventKind::kReset:
        push(PlayAction::kExpectClose, event);
        steps_.back().may_reset = true;
        return;
      case EventKind::kHalfClosed:
        return push(PlayAction::kHalfClose, event);
      case EventKind::kClosed:
        return push(PlayAction::kClose, event);
      case EventKind::kAborted:
        return push(PlayAction::kReset, event);
      case EventKind::kQuiet:
        if (event.connection > 0) push(PlayAction::kExpectNothing, event);
        return;
      default:
        return;
    }
  }

  void push(PlayAction action, const EventRecord& event, std::vector<std::string> bytes = {}) {
    steps_.push_back({.action = action,
                      .connection = event.connection,
                      .bytes = std::move(bytes),
                      .script_step = event.step});
  }

  void add_received(const EventRecord& event) {
    awaits_reading_ = false;  // an answer shows that it was read
    const bool goes_on = !steps_.empty() && steps_.back().action == PlayAction::kExpect &&
                         steps_.back().connection == event.connection;
    if (goes_on) {
      steps_.back().bytes.front() += event.bytes.begin;
    } else {
      push(PlayAction::kExpect, event, {event.bytes.begin});
    }
  }

  std::uint64_t connection_of(const FindingRecord& finding) const {
    if (finding.evidence && finding.evidence->connection > 0) return finding.evidence->connection;
    std::uint64_t connection = 1;
    for (const EventRecord& event : record_.events) {
      if (event.step <= finding.step && event.connection > 0) connection = event.connection;
    }
    return connection;
  }

  // Where the program said what the finding is about: the end of the steps where there is no such
  // place.
  std::vector<PlayStep>::iterator find_group(const FindingRecord& finding) {
    const std::uint64_t connection = connection_of(finding);
    const auto found = std::find_if(steps_.rbegin(), steps_.rend(), [&](const PlayStep& step) {
      return step.action == PlayAction::kExpect && step.connection == connection &&
             step.script_step <= finding.step;
    });
    return found == steps_.rend() ? steps_.end() : std::prev(found.base());
  }

  std::vector<std::size_t> find_places(std::string_view text, std::string_view received) const {
    std::vector<std::size_t> places;
    for (std::size_t at = text.find(received); at != text.npos; at = text.find(received, at + 1)) {
      if (at == 0 || !line_ends_ || text[at - 1] == '\n') places.push_back(at);
    }
    return places;
  }

  void add_deviation(const FindingRecord& deviation) {
    const Check check = check_of(deviation);
    if (check == Check::kClose) {
      for (PlayStep& step : steps_) step.may_reset = false;
    } else if (check == Check::kBytes && deviation.due && deviation.due->is_whole()) {
      replace_received(deviation);
    } else if (!record_.failure) {
      steps_.push_back({.action = PlayAction::kLook, .connection = connection_of(deviation)});
    }
  }

  void replace_received(const FindingRecord& deviation) {
    const auto group = find_group(deviation);
    if (group == steps_.end()) return;
    const std::string text = group->bytes.front();
    const std::string& received = deviation.received.begin;
    std::vector<std::string> alternatives;
    for (const std::size_t at : find_places(text, received))
      alternatives.push_back(std::string(text).replace(at, received.size(), deviation.due->begin));
    if (!alternatives.empty()) group->bytes = std::move(alternatives);
  }

  void add_failure(const FindingRecord& failure) {
    switch (check_of(failure)) {
      case Check::kBytes:
        return expect_due(failure);
      case Check::kNothing:
        return expect_nothing(failure);
      case Check::kClose:
        return push_last(PlayAction::kExpectClose, failure);
      case Check::kConnection:
        if (steps_.empty() || steps_.back().action == PlayAction::kRestart)
          return push_last(PlayAction::kConnect, failure);
        return push_last(PlayAction::kLook, failure);
      case Check::kRefusal:
        steps_.clear();
        return push_last(PlayAction::kExpectRefusal, failure);
      case Check::kKill:
        return push_last(PlayAction::kExpectNoKill, failure);
      case Check::kLook:
        return push_last(PlayAction::kLook, failure);
    }
  }

  void push_last(PlayAction action, const FindingRecord& failure,
                 std::vector<std::string> bytes = {}) {
    steps_.push_back({.action = action,
                      .connection = connection_of(failure),
                      .bytes = std::move(bytes),
                      .script_step = failure.step});
  }

  // Leaves of what came only what is right; gives that, once for each place that may be meant, or
  // nothing where the wrong bytes are not found.
  std::optional<std::vector<std::string>> take_right_beginnings(const FindingRecord& failure) {
    if (failure.received.empty()) return std::vector<std::string>{""};
    const auto group = find_group(failure);
    if (group == steps_.end()) return {};
    const std::string text = group->bytes.front();
    std::vector<std::string> beginnings;
    for (const std::size_t at : find_places(text, failure.received.begin))
      beginnings.push_back(text.substr(0, at));
    if (beginnings.empty()) return {};
    const std::uint64_t connection = group->connection;
    const auto later = std::remove_if(std::next(group), steps_.end(), [&](const PlayStep& step) {
      return step.action == PlayAction::kExpect && step.connection == connection;
    });
    steps_.erase(later, steps_.end());
    // One place is split into what is right and what is due, which reads better.
    if (beginnings.size() == 1 && !beginnings.front().empty()) {
      group->bytes = std::move(beginnings);
      return std::vector<std::string>{""};
    }
    steps_.erase(group);
    return beginnings;
  }

  void expect_due(const FindingRecord& failure) {
    auto beginnings = take_right_beginnings(failure);
    if (!beginnings || !failure.due || !failure.due->is_whole())
      return push_last(PlayAction::kLook, failure);
    for (std::string& text : *beginnings) text += failure.due->begin;
    push_last(PlayAction::kExpect, failure, std::move(*beginnings));
  }

  void expect_nothing(const FindingRecord& failure) {
    const auto group = find_group(failure);
    if (group == steps_.end()) return push_last(PlayAction::kLook, failure);
    const bool is_early = failure.code == to_string(FailureCode::kEarlyAnswer);
    // What was sent after an early answer would make it due.
    if (is_early) steps_.erase(std::next(group), steps_.end());
    const auto beginnings = take_right_beginnings(failure);
    if (!beginnings) return push_last(PlayAction::kLook, failure);
    if (beginnings->size() > 1) push_last(PlayAction::kExpect, failure, {beginnings->back()});
    const bool closes = failure.expected == "<close>";
    push_last(closes ? PlayAction::kExpectClose : PlayAction::kExpectNothing, failure);
  }

  const CaseRecord& record_;
  bool line_ends_;
  bool has_started_ = false;
  bool awaits_reading_ = false;
  std::vector<PlayStep> steps_;
};

}  // namespace

std::expected<std::vector<PlayStep>, std::string> list_play_steps(const RunRecord& run,
                                                                  const CaseRecord& record) {
  return StepMaker(run, record).make();
}

}  // namespace chatspec
