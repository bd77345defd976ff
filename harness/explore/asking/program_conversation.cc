#include "harness/explore/asking/program_conversation.h"

#include <utility>

namespace chatspec {
namespace {

// Whoever sends a byte at a time does not win time with more than so many of them.
constexpr std::size_t kMostAwaitedPieces = 16;

CellFailure failure_of(const StreamEvent& event) {
  return {.kind = event.kind == StreamEvent::Kind::kInterrupted ? CellFailure::Kind::kInterrupted
                                                                : CellFailure::Kind::kTrouble,
          .message = event.bytes};
}

bool is_failure(const StreamEvent& event) {
  return event.kind == StreamEvent::Kind::kInterrupted || event.kind == StreamEvent::Kind::kTrouble;
}

bool is_proven(QuietGrade grade) {
  return grade == QuietGrade::kProven || grade == QuietGrade::kSettled;
}

}  // namespace

ConversationRemarks& ConversationRemarks::operator+=(const ConversationRemarks& other) {
  silences += other.silences;
  unproven_silences += other.unproven_silences;
  resets += other.resets;
  return *this;
}

ProgramConversation::ProgramConversation(std::unique_ptr<AnswerWatch> watch, Cell& cell,
                                         Cell::ConnectionId connection)
    : watch_(std::move(watch)), cell_(cell), connection_(connection) {}

std::expected<std::string, CellFailure> ProgramConversation::say(const Said& said,
                                                                 std::string_view expected,
                                                                 Pace pace) {
  if (is_over_) return std::string(kEndedAnswer);
  received_.clear();
  if (const auto sent = send(said); !sent) return std::unexpected(sent.error());
  has_ended_ = said.end != SaidEnd::kNone;
  is_over_ = said.end == SaidEnd::kClose || said.end == SaidEnd::kReset;
  if (is_over_) return std::string(kClosedAnswer);
  is_settled_ = pace == Pace::kCareful || has_ended_ || !hear_quickly(expected);
  return is_settled_ ? hear(expected == kNothingAnswer) : std::string(expected);
}

std::expected<std::optional<std::string>, CellFailure> ProgramConversation::settle() {
  if (is_settled_ || is_over_) return std::nullopt;
  is_settled_ = true;
  const auto answer = hear(true);
  if (!answer) return std::unexpected(answer.error());
  return *answer;
}

bool ProgramConversation::hear_quickly(std::string_view expected) {
  if (expected == kNothingAnswer) {
    const bool is_taken = cell_.await_taken(connection_);
    received_ = cell_.take_arrived(connection_);
    return is_taken && received_.empty();
  }
  if (ends_connection(expected)) return false;
  cell_.begin_answer(0);
  while (received_.size() <= watch_->most_bytes()) {
    const StreamEvent event = cell_.await(connection_, false);
    // Whatever else it is, is told again when it is waited for.
    if (event.kind != StreamEvent::Kind::kBytes) return false;
    received_ += event.bytes;
    if (name(AnswerEnd::kOpen) == expected) return true;
  }
  return false;
}

std::expected<std::string, CellFailure> ProgramConversation::hear(bool expects_silence) {
  auto end = hear_all(expects_silence);
  if (!end) return std::unexpected(end.error());
  if (has_ended_ && *end == AnswerEnd::kOpen) end = AnswerEnd::kUnclosed;
  is_over_ = *end != AnswerEnd::kOpen;
  return name(*end);
}

// That it does not read, or that the connection is gone, is found by listening.
std::expected<void, CellFailure> ProgramConversation::send(const Said& said) {
  watch_->begin();
  for (std::size_t i = 0; i < said.segments.size(); ++i) {
    if (i > 0) cell_.await_taken(connection_);
    watch_->hear(said.segments[i]);
    sent_ += said.segments[i];
    const auto event = cell_.send(connection_, said.segments[i]);
    if (event && is_failure(*event)) return std::unexpected(failure_of(*event));
  }
  if (said.end == SaidEnd::kHalfClose) cell_.half_close(connection_);
  if (said.end == SaidEnd::kClose) cell_.close(connection_);
  if (said.end == SaidEnd::kReset) cell_.reset(connection_);
  return {};
}

std::expected<AnswerEnd, CellFailure> ProgramConversation::hear_all(bool expects_silence) {
  std::size_t pieces = 0;
  cell_.begin_answer(0);
  while (received_.size() <= watch_->most_bytes()) {
    const StreamEvent event = cell_.await(connection_, expects_silence || !received_.empty());
    switch (event.kind) {
      case StreamEvent::Kind::kBytes:
        received_ += event.bytes;
        // What follows has as long again.
        if (++pieces < kMostAwaitedPieces) cell_.begin_answer(0);
        break;
      case StreamEvent::Kind::kReset:
        ++remarks_.resets;
        return AnswerEnd::kClosed;
      case StreamEvent::Kind::kEndOfStream:
        return AnswerEnd::kClosed;
      case StreamEvent::Kind::kQuiet:
        ++remarks_.silences;
        if (!is_proven(event.grade)) ++remarks_.unproven_silences;
        return AnswerEnd::kOpen;
      case StreamEvent::Kind::kInterrupted:
      case StreamEvent::Kind::kTrouble:
        return std::unexpected(failure_of(event));
    }
  }
  return AnswerEnd::kFlood;
}

}  // namespace chatspec
