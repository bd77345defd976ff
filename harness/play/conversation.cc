// In lock-step: a segment goes out when the implementation has read the one before, as far as that
// can be seen, so that what one of its reads returns is the same in every run. Answers are taken as
// they come, and the matcher is asked after each arrival; it says more only when a unit is
// complete, so that how TCP cut an answer makes no difference either.

#include "harness/play/conversation.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "harness/play/complaint.h"
#include "harness/scenario/item_kind.h"

namespace chatspec {
namespace {

// Of one connection, in one scenario.
constexpr std::size_t kMaxReceivedBytes = std::size_t{256} << 20;
// More than that, unasked, is no greeting: whoever sends it does not wait for us.
constexpr std::size_t kMaxGreetingBytes = std::size_t{64} << 10;

std::size_t longest_answer(const Step& step) {
  std::size_t longest = 0;
  for (const Expectation& one : step.alternatives) {
    std::size_t size = one.bytes.size();
    for (const Expectation& next : one.then) size += next.bytes.size();
    longest = std::max(longest, size);
  }
  return longest;
}

bool has_ended(StreamState state) {
  return state == StreamState::kEnded || state == StreamState::kReset;
}

}  // namespace

Conversation::Conversation(const Script& script, Cell& cell, ProgramStart& program,
                           Recording& recording)
    : script_(script),
      cell_(cell),
      program_(program),
      recording_(recording),
      cause_to_complain_(find_cause_to_complain(script)) {}

void Conversation::play() {
  for (std::size_t i = 0; i < script_.steps.size(); ++i) {
    recording_.enter(i);
    if (!play_step(script_.steps[i])) return;
  }
  recording_.enter(script_.steps.size());
}

bool Conversation::play_step(const Step& step) {
  const bool expects = step.action == Action::kExpect;
  assert(!expects || !step.alternatives.empty());
  if (expects) {
    const ItemKind kind = step.alternatives.front().kind;
    if (is_about_program(kind)) return false;  // known at the end
    if (kind == ItemKind::kNothing) return await_nothing(), false;
    if (kind == ItemKind::kRestart) return restart();
  }
  if (!connect(step.connection)) return false;
  if (recording_.step() == cause_to_complain_ && !note_errors_before(step.connection)) return false;
  return expects ? expect(step) : act(step);
}

bool Conversation::restart() {
  close();
  if (!program_.restart()) return false;
  for (auto& [number, stream] : connections_) stream.state = StreamState::kOpen;
  return true;
}

void Conversation::close() {
  for (const auto& [number, stream] : connections_) cell_.close(stream.id);
}

// The step's connection, which comes about with the first step that names it.
bool Conversation::connect(int connection) {
  assert(connection >= 1);
  if (connections_.contains(connection)) return true;
  const auto id = script_.role == Role::kServer ? cell_.connect() : cell_.accept();
  if (!id) return stop_for(id.error());
  connections_[connection].id = *id;
  recording_.add({.kind = EventKind::kConnected, .connection = connection});
  return true;
}

// What it writes by itself, such as a greeting, is written when it waits for us.
bool Conversation::note_errors_before(int connection) {
  Stream& stream = connections_.at(connection);
  cell_.begin_answer(0);
  while (stream.state == StreamState::kOpen &&
         stream.received.size() - stream.consumed <= kMaxGreetingBytes) {
    const StreamEvent event = cell_.await(stream.id, true);
    if (event.kind == StreamEvent::Kind::kQuiet) break;
    if (!see(connection, event)) return false;
  }
  recording_.add(
      {.kind = EventKind::kErrorsBefore, .connection = connection, .bytes = cell_.errors().bytes});
  return true;
}

bool Conversation::act(const Step& step) {
  Stream& stream = connections_.at(step.connection);
  if (step.action != Action::kSend) stream.ended_by_us = true;
  switch (step.action) {
    case Action::kSend:
      return send(step);
    case Action::kHalfClose:
      cell_.half_close(stream.id);
      recording_.add({.kind = EventKind::kHalfClosed, .connection = step.connection});
      return true;
    case Action::kClose:
      cell_.close(stream.id);
      recording_.add({.kind = EventKind::kClosed, .connection = step.connection});
      return true;
    case Action::kReset:
      cell_.reset(stream.id);
      recording_.add({.kind = EventKind::kAborted, .connection = step.connection});
      return true;
    case Action::kExpect:
      break;
  }
  assert(false && "what is expected is no action");
  return true;
}

bool Conversation::send(const Step& step) {
  assert(std::ranges::is_sorted(step.cuts));
  const Cell::ConnectionId id = connections_.at(step.connection).id;
  const Stream& stream = connections_.at(step.connection);
  const std::string_view bytes = bytes_to_send(
      step, script_.profile, std::string_view(stream.received).substr(0, stream.consumed));
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= step.cuts.size(); ++i) {
    const std::size_t end =
        i < step.cuts.size() ? std::min(step.cuts[i], bytes.size()) : bytes.size();
    assert(begin <= end);
    if (end == begin) continue;
    if (sent_on_ == id && cell_.await_taken(id)) {
      recording_.add({.kind = EventKind::kTaken, .connection = step.connection});
      if (!note_arrivals(step.connection)) return false;
    }
    sent_on_ = id;
    const std::string piece(bytes.substr(begin, end - begin));
    begin = end;
    recording_.add({.kind = EventKind::kSent, .connection = step.connection, .bytes = piece});
    const auto failure = cell_.send(id, piece);
    // The connection is gone: how it ended, and what came before that, is found by reading.
    if (failure && failure->kind == StreamEvent::Kind::kReset) return true;
    if (failure) {
      see(step.connection, *failure);
      return false;
    }
  }
  return true;
}

// What it sent before it was sent the next segment: had it not waited, the judge should know.
bool Conversation::note_arrivals(int connection) {
  std::string bytes = cell_.take_arrived(connections_.at(connection).id);
  return bytes.empty() ||
         see(connection, {.kind = StreamEvent::Kind::kBytes, .bytes = std::move(bytes)});
}

bool Conversation::expect(const Step& step) {
  Stream& stream = connections_.at(step.connection);
  sent_on_ = 0;
  const bool silence = expects_only_silence(step);
  cell_.begin_answer(longest_answer(step));
  for (;;) {
    const std::string_view rest = std::string_view(stream.received).substr(stream.consumed);
    const Match result = match(step, script_.profile, rest, stream.state);
    if (result.outcome == Match::Outcome::kMatched) {
      assert(result.consumed <= rest.size());
      stream.consumed += result.consumed;
      if (stream.state == StreamState::kQuiet) stream.state = StreamState::kOpen;
      return true;
    }
    if (result.outcome == Match::Outcome::kMismatched) return false;
    assert(stream.state == StreamState::kOpen && "of a stream that ended, nothing more comes");
    if (!see(step.connection, cell_.await(stream.id, silence))) return false;
  }
}

// Takes note of what a connection did.
bool Conversation::see(int connection, const StreamEvent& event) {
  Stream& stream = connections_.at(connection);
  switch (event.kind) {
    case StreamEvent::Kind::kBytes:
      stream.received += event.bytes;
      recording_.add(
          {.kind = EventKind::kReceived, .connection = connection, .bytes = event.bytes});
      if (stream.received.size() <= kMaxReceivedBytes) return true;
      recording_.add({.kind = EventKind::kTrouble,
                      .bytes = "it sent more than the harness is willing to hold"});
      return false;
    case StreamEvent::Kind::kEndOfStream:
      stream.state = StreamState::kEnded;
      recording_.add({.kind = EventKind::kEndOfStream, .connection = connection});
      return true;
    case StreamEvent::Kind::kReset:
      stream.state = StreamState::kReset;
      recording_.add({.kind = EventKind::kReset, .connection = connection});
      return true;
    case StreamEvent::Kind::kQuiet:
      stream.state = StreamState::kQuiet;
      recording_.add({.kind = EventKind::kQuiet,
                      .connection = connection,
                      .bytes = event.bytes,
                      .grade = event.grade,
                      .last_seen = event.last_seen});
      return true;
    case StreamEvent::Kind::kInterrupted:
      recording_.add({.kind = EventKind::kInterrupted});
      return false;
    case StreamEvent::Kind::kTrouble:
      recording_.add({.kind = EventKind::kTrouble, .bytes = event.bytes});
      return false;
  }
  return false;
}

// The implementation should end without a word. A server does not listen then, or the start would
// have been the end. A client that connects has until its end of stream to stay silent.
void Conversation::await_nothing() {
  if (script_.role == Role::kServer || !connect(1)) return;
  see(1, cell_.await(connections_.at(1).id, false));
}

bool Conversation::stop_for(const CellFailure& failure) {
  recording_.add(failure);
  return false;
}

bool Conversation::is_open() const {
  return std::ranges::any_of(connections_, [](const auto& entry) {
    return !entry.second.ended_by_us && !has_ended(entry.second.state);
  });
}

bool Conversation::has_broken_off() const {
  return std::ranges::any_of(connections_,
                             [](const auto& entry) { return has_ended(entry.second.state); });
}

}  // namespace chatspec
