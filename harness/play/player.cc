#include "harness/play/player.h"

#include <algorithm>
#include <iterator>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/judge/matcher.h"
#include "harness/judge/program_judge.h"
#include "harness/play/complaint.h"
#include "harness/scenario/check_transcript.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxReceivedBytes = std::size_t{256}
                                          << 20;  // of one connection, in one scenario

std::size_t longest_answer(const Step& step) {
  std::size_t longest = 0;
  for (const Expectation& one : step.alternatives) {
    std::size_t size = one.bytes.size();
    for (const Expectation& next : one.then) size += next.bytes.size();
    longest = std::max(longest, size);
  }
  return longest;
}

class Player {
 public:
  Player(const Script& script, Cell& cell, const Command* command, const Clock& clock)
      : script_(script),
        cell_(cell),
        command_(command),
        clock_(clock),
        begin_(clock.now()),
        cause_to_complain_(find_cause_to_complain(script)) {}

  Transcript play() {
    if (start()) play_steps();
    finish();
    return std::move(transcript_);
  }

 private:
  // Each of these gives whether to go on.
  bool start() {
    if (!command_) return true;
    std::map<std::string, std::optional<std::string>> values{
        {"host", cell_.host()}, {"port", std::to_string(cell_.port())}};
    if (!add_file(values, "keys", script_.materials.key_file) ||
        !add_file(values, "messages", script_.materials.message_file) ||
        !add_file(values, "signatures", script_.materials.signature_file)) {
      return false;
    }
    for (const auto& [placeholder, value] : script_.materials.arguments)
      values[placeholder] = value;
    arguments_ = command_->fill(values);
    return start_program();
  }

  bool start_program() {
    record({.kind = EventKind::kStarted, .bytes = fmt::format("{}", fmt::join(arguments_, " "))});
    if (auto started = cell_.start(arguments_); !started) return stop_for(started.error());
    return script_.role == Role::kClient || await_listening();
  }

  // One that ends after its first client may do so by itself; one that serves on is ended.
  bool restart() {
    for (const auto& [number, stream] : connections_) cell_.close(stream.id);
    const auto exit = cell_.await_exit(ExitWait::kUnlikely);
    if (!exit && exit.error().kind != CellFailure::Kind::kNotExited) return stop_for(exit.error());
    if (exit && exit->by_signal) {
      exited_ = true;
      record({.kind = EventKind::kExited, .exit = *exit});
      return false;
    }
    record({.kind = EventKind::kStopped, .bytes = cell_.end_program()});
    for (auto& [number, stream] : connections_) stream.state = StreamState::kOpen;
    return start_program();
  }

  bool add_file(std::map<std::string, std::optional<std::string>>& values, const std::string& name,
                const std::optional<std::string>& content) {
    values[name] = (cell_.folder() / (name + ".txt")).string();
    if (!content) return true;
    auto path = cell_.add_file(name + ".txt", *content);
    if (!path) return stop_for(path.error());
    values[name] = *std::move(path);
    return true;
  }

  bool await_listening() {
    auto address = cell_.await_listening();
    if (!address) return stop_for(address.error());
    record({.kind = EventKind::kListening, .bytes = *std::move(address)});
    return true;
  }

  void play_steps() {
    for (; step_ < script_.steps.size(); ++step_) {
      const Step& step = script_.steps[step_];
      const bool expects = step.action == Action::kExpect;
      if (expects && is_about_program(step.alternatives.front().kind)) return;  // known at the end
      if (expects && step.alternatives.front().kind == ItemKind::kNothing) return await_nothing();
      if (expects && step.alternatives.front().kind == ItemKind::kRestart) {
        if (!restart()) return;
        continue;
      }
      if (!connect(step.connection)) return;
      if (step_ == cause_to_complain_ && !note_errors_before(step.connection)) return;
      if (!(expects ? expect(step) : act(step))) return;
    }
  }

  // The step's connection, which comes about with the first step that names it.
  bool connect(int connection) {
    if (connections_.contains(connection)) return true;
    auto id = script_.role == Role::kServer ? cell_.connect() : cell_.accept();
    if (!id) return stop_for(id.error());
    connections_[connection].id = *id;
    record({.kind = EventKind::kConnected, .connection = connection});
    return true;
  }

  // What it writes by itself, such as a greeting, is written when it waits for us.
  bool note_errors_before(int connection) {
    Stream& stream = connections_[connection];
    cell_.begin_answer(0);
    while (stream.state == StreamState::kOpen) {
      const Sight sight = cell_.await(stream.id, true);
      if (sight.kind == Sight::Kind::kQuiet) break;
      if (!see(connection, sight)) return false;
    }
    record({.kind = EventKind::kErrorsBefore,
            .connection = connection,
            .bytes = cell_.errors().bytes});
    return true;
  }

  bool act(const Step& step) {
    if (step.action != Action::kSend) connections_[step.connection].ended_by_us = true;
    const Cell::ConnectionId id = connections_[step.connection].id;
    switch (step.action) {
      case Action::kSend:
        return send(step);
      case Action::kHalfClose:
        cell_.half_close(id);
        record({.kind = EventKind::kHalfClosed, .connection = step.connection});
        return true;
      case Action::kClose:
        cell_.close(id);
        record({.kind = EventKind::kClosed, .connection = step.connection});
        return true;
      case Action::kReset:
        cell_.reset(id);
        record({.kind = EventKind::kAborted, .connection = step.connection});
        return true;
      case Action::kExpect:
        break;
    }
    return true;
  }

  // In lock-step: a segment goes out when the implementation has read the one before.
  bool send(const Step& step) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= step.cuts.size(); ++i) {
      const std::size_t end = i < step.cuts.size() ? step.cuts[i] : step.bytes.size();
      if (end == begin) continue;
      const Cell::ConnectionId id = connections_[step.connection].id;
      if (sent_on_ == id && cell_.await_taken(id)) {
        record({.kind = EventKind::kTaken, .connection = step.connection});
        if (!note_arrivals(step.connection)) return false;
      }
      sent_on_ = id;
      const std::string piece = step.bytes.substr(begin, end - begin);
      begin = end;
      record({.kind = EventKind::kSent, .connection = step.connection, .bytes = piece});
      const auto failure = cell_.send(id, piece);
      // The connection is gone: how it ended, and what came before that, is found by reading.
      if (failure && failure->kind == Sight::Kind::kReset) return true;
      if (failure) {
        see(step.connection, *failure);
        return false;
      }
    }
    return true;
  }

  // What it sent before it was sent the next segment: had it not waited, the judge should know.
  bool note_arrivals(int connection) {
    std::string bytes = cell_.take_arrived(connections_[connection].id);
    return bytes.empty() ||
           see(connection, {.kind = Sight::Kind::kBytes, .bytes = std::move(bytes)});
  }

  bool expect(const Step& step) {
    Stream& stream = connections_[step.connection];
    sent_on_ = 0;
    const bool silence = expects_only_silence(step);
    cell_.begin_answer(longest_answer(step));
    for (;;) {
      const std::string_view rest = std::string_view(stream.received).substr(stream.consumed);
      const Match result = match(step, script_.profile, rest, stream.state);
      if (result.outcome == Match::Outcome::kMatched) {
        stream.consumed += result.consumed;
        if (stream.state == StreamState::kQuiet) stream.state = StreamState::kOpen;
        return true;
      }
      if (result.outcome == Match::Outcome::kMismatched) return false;
      if (!see(step.connection, cell_.await(stream.id, silence))) return false;
    }
  }

  // Takes note of what a connection did.
  bool see(int connection, const Sight& sight) {
    Stream& stream = connections_[connection];
    switch (sight.kind) {
      case Sight::Kind::kBytes:
        stream.received += sight.bytes;
        record({.kind = EventKind::kReceived, .connection = connection, .bytes = sight.bytes});
        return stream.received.size() <= kMaxReceivedBytes ||
               trouble("it sent more than the harness is willing to hold");
      case Sight::Kind::kEndOfStream:
        stream.state = StreamState::kEnded;
        record({.kind = EventKind::kEndOfStream, .connection = connection});
        return true;
      case Sight::Kind::kReset:
        stream.state = StreamState::kReset;
        record({.kind = EventKind::kReset, .connection = connection});
        return true;
      case Sight::Kind::kQuiet:
        stream.state = StreamState::kQuiet;
        record({.kind = EventKind::kQuiet,
                .connection = connection,
                .bytes = sight.bytes,
                .grade = sight.grade,
                .last_seen = sight.last_seen});
        return true;
      case Sight::Kind::kInterrupted:
        record({.kind = EventKind::kInterrupted});
        return false;
    }
    return false;
  }

  // The implementation should end without a word. A client that connects has until its end of
  // stream to stay silent.
  void await_nothing() {
    if (script_.role == Role::kServer)
      return;  // it listens, or start() would have ended the scenario
    auto id = cell_.accept();
    if (!id) {
      stop_for(id.error());
      return;
    }
    connections_[1].id = *id;
    record({.kind = EventKind::kConnected, .connection = 1});
    see(1, cell_.await(*id, false));
  }

  // Something did not come about. What that means is the judge's to say, unless it is our own
  // trouble.
  bool stop_for(const CellFailure& failure) {
    switch (failure.kind) {
      case CellFailure::Kind::kExited:
        exited_ = true;
        record({.kind = EventKind::kExited, .bytes = failure.message, .exit = failure.exit});
        break;
      case CellFailure::Kind::kNeverListened:
      case CellFailure::Kind::kNoConnection:
      case CellFailure::Kind::kNotExited:
        record({.kind = EventKind::kQuiet,
                .bytes = failure.message,
                .grade = failure.grade,
                .last_seen = failure.last_seen});
        break;
      case CellFailure::Kind::kInterrupted:
        record({.kind = EventKind::kInterrupted});
        break;
      case CellFailure::Kind::kNotStarted:
      case CellFailure::Kind::kTrouble:
        record({.kind = EventKind::kTrouble, .bytes = failure.message});
        break;
    }
    return false;
  }

  bool trouble(std::string message) {
    record({.kind = EventKind::kTrouble, .bytes = std::move(message)});
    return false;
  }

  // The end: lets the implementation end by itself where that matters, then stops what is left, and
  // keeps what it wrote. Our side of every connection is closed before, since an implementation may
  // wait for that.
  void finish() {
    // What it does because we end a conversation in the middle is not what the script asks about.
    const bool cuts_short = is_conversing();
    const std::size_t before_end = cuts_short ? cell_.errors().bytes.size() : std::string::npos;
    std::vector<ProcessDeath> deaths = cuts_short ? cell_.deaths() : std::vector<ProcessDeath>();
    for (const auto& [number, stream] : connections_) cell_.close(stream.id);
    if (cell_.has_process() && command_) await_exit();
    const std::string left_over = cell_.stop();
    if (!cuts_short) deaths = cell_.deaths();
    for (const ProcessDeath& death : deaths) {
      record({.kind = EventKind::kDied,
              .bytes = death.name,
              .exit = ExitStatus{.by_signal = true, .value = death.signal}});
    }
    record({.kind = EventKind::kStopped, .bytes = left_over});
    if (!cell_.has_process()) return;
    record({.kind = EventKind::kOutput,
            .bytes = cell_.output().bytes,
            .truncated = cell_.output().truncated});
    record({.kind = EventKind::kErrors,
            .bytes = cell_.errors().bytes,
            .truncated = cell_.errors().truncated,
            .evidence = std::min(before_end, cell_.errors().before_end)});
  }

  // Whether neither side has ended some connection.
  bool is_conversing() const {
    return std::ranges::any_of(connections_, [](const auto& entry) {
      const Stream& stream = entry.second;
      return !stream.ended_by_us && stream.state != StreamState::kEnded &&
             stream.state != StreamState::kReset;
    });
  }

  // Waits for what the script asks about the program, and for the exit where a connection broke
  // off, which a crash may be the reason of.
  void await_exit() {
    if (exited_ || has_given_up()) return;
    const bool asked = asks_about_program();
    if (!asked && !has_broken_off()) return;
    const ExitWait wait = asked ? exit_wait() : ExitWait::kUnlikely;
    if (asked && wait != ExitWait::kDue && !await_output()) return;
    const auto exit = cell_.await_exit(wait);
    if (exit) {
      record({.kind = EventKind::kExited, .exit = *exit});
    } else if (asked || exit.error().kind != CellFailure::Kind::kNotExited) {
      stop_for(exit.error());
    }
  }

  // What the rest of the script, which is about the program itself, wants of the exit.
  ExitWait exit_wait() const {
    ExitWait wait = ExitWait::kUnlikely;
    for (std::size_t i = step_; i < script_.steps.size(); ++i) {
      const Expectation& wanted = script_.steps[i].alternatives.front();
      if (wanted.kind == ItemKind::kNothing) return ExitWait::kDue;
      if (wanted.kind == ItemKind::kExit) wait = std::min(wait, exit_wait(wanted.exit));
    }
    return wait;
  }

  static ExitWait exit_wait(ExitWanted wanted) {
    switch (wanted) {
      case ExitWanted::kZeroOrNone:
        return ExitWait::kPossible;
      case ExitWanted::kAnyOrNone:
        return ExitWait::kCrashOnly;
      default:
        return ExitWait::kDue;
    }
  }

  // Until all is written that the rest of the script wants: output that a program keeps in a buffer
  // comes with its end.
  bool await_output() {
    std::vector<Event> events;
    std::ranges::copy_if(transcript_.events(), std::back_inserter(events),
                         [](const Event& event) { return event.kind == EventKind::kSent; });
    const auto written = cell_.await_output([&] { return has_written_all(events); });
    return written || stop_for(written.error());
  }

  // `sent` is everything that we sent.
  bool has_written_all(std::vector<Event>& sent) const {
    const std::size_t events = sent.size();
    sent.push_back({.kind = EventKind::kOutput, .bytes = whole_lines(cell_.output().bytes)});
    sent.push_back({.kind = EventKind::kErrors, .bytes = cell_.errors().bytes});
    bool all = true;
    for (std::size_t i = step_; all && i < script_.steps.size(); ++i) {
      const bool is_output = script_.steps[i].alternatives.front().kind != ItemKind::kExit;
      all = !is_output || !judge_program(script_, i, sent);
    }
    sent.resize(events);
    return all;
  }

  // Of what may go on within its last line.
  static std::string whole_lines(std::string_view text) {
    return std::string(text.substr(0, text.rfind('\n') + 1));
  }

  // Whether what comes next in the script is about the program itself.
  bool asks_about_program() const {
    if (step_ >= script_.steps.size() || script_.steps[step_].action != Action::kExpect)
      return false;
    const ItemKind kind = script_.steps[step_].alternatives.front().kind;
    return is_about_program(kind) || kind == ItemKind::kNothing;
  }

  bool has_broken_off() const {
    return std::ranges::any_of(connections_, [](const auto& entry) {
      return entry.second.state == StreamState::kEnded || entry.second.state == StreamState::kReset;
    });
  }

  bool has_given_up() const {
    const auto& events = transcript_.events();
    return !events.empty() && (events.back().kind == EventKind::kInterrupted ||
                               events.back().kind == EventKind::kTrouble);
  }

  void record(Event event) {
    event.step = step_;
    event.at = clock_.now() - begin_;
    transcript_.append(std::move(event));
  }

  struct Stream {
    Cell::ConnectionId id = 0;
    std::string received;
    std::size_t consumed = 0;
    StreamState state = StreamState::kOpen;
    bool ended_by_us = false;  // as the script says
  };

  const Script& script_;
  Cell& cell_;
  const Command* command_;
  std::vector<std::string> arguments_;  // with which the program is started
  const Clock& clock_;
  TimePoint begin_;
  std::optional<std::size_t> cause_to_complain_;
  Transcript transcript_;
  std::size_t step_ = 0;
  std::map<int, Stream> connections_;  // by the scenario's number
  Cell::ConnectionId sent_on_ = 0;     // where the last thing that we did was to send
  bool exited_ = false;
};

}  // namespace

Transcript play(const Script& script, Cell& cell, const Command* command, const Clock& clock) {
  return Player(script, cell, command, clock).play();
}

}  // namespace chatspec
