#include "harness/grid/relay/relay.h"

namespace chatspec {
namespace {

bool is_proven(const StreamEvent& quiet) {
  return quiet.grade == QuietGrade::kProven || quiet.grade == QuietGrade::kSettled;
}

Event quiet_event(const StreamEvent& quiet) {
  return {.kind = EventKind::kQuiet,
          .bytes = quiet.bytes,
          .grade = quiet.grade,
          .last_seen = quiet.last_seen};
}

}  // namespace

void Relay::run() {
  while (!at(Role::kClient).has_ended || !at(Role::kServer).has_ended) {
    const auto heard = await_either();
    if (!heard || !pass_on(*heard)) return;
  }
}

StreamEvent Relay::await(Role side, bool is_patient) {
  return at(side).to.cell.await(at(side).to.connection, !is_patient);
}

// Whatever comes next, from whomever. First both are asked without much patience, whose turn it is
// first; where it is not proven that a side says nothing more, it is then waited for. Nothing where
// neither does; that is recorded.
std::optional<Relay::Heard> Relay::await_either() {
  std::array<std::optional<StreamEvent>, 2> seen;
  const Role turn = watch_.turn();
  for (const bool is_patient : {false, true}) {
    for (const Role side : {turn, chat::other(turn)}) {
      auto& quiet = seen[side == Role::kClient ? 0 : 1];
      if (at(side).has_ended || (quiet && is_proven(*quiet))) continue;
      StreamEvent event = await(side, is_patient);
      if (event.kind != StreamEvent::Kind::kQuiet) return Heard{side, std::move(event)};
      quiet = std::move(event);
    }
  }
  for (const Role side : {turn, chat::other(turn)}) {
    const auto& quiet = seen[side == Role::kClient ? 0 : 1];
    if (quiet) recording_.add(side, quiet_event(*quiet));
  }
  return std::nullopt;
}

// Gives whether to go on.
bool Relay::pass_on(const Heard& heard) {
  const auto& [side, event] = heard;
  switch (event.kind) {
    case StreamEvent::Kind::kBytes:
      return hear_out(chat::other(side)) && pass_on_bytes(side, event.bytes);
    case StreamEvent::Kind::kEndOfStream:
    case StreamEvent::Kind::kReset:
      if (!hear_out(chat::other(side))) return false;
      end(side, event.kind == StreamEvent::Kind::kReset);
      return true;
    case StreamEvent::Kind::kInterrupted:
      recording_.add(side, {.kind = EventKind::kInterrupted});
      return false;
    case StreamEvent::Kind::kTrouble:
    case StreamEvent::Kind::kQuiet:
      break;
  }
  recording_.add(side, {.kind = EventKind::kTrouble, .bytes = event.bytes});
  return false;
}

// What a side has said before it is told more, and not because of it. Where its silence is proven,
// this is all of it; else what has arrived by now.
bool Relay::hear_out(Role side) {
  End& end = at(side);
  if (end.has_ended) return true;
  std::string bytes;
  if (end.is_provable) {
    StreamEvent event = await(side, false);
    if (event.kind == StreamEvent::Kind::kBytes) bytes = std::move(event.bytes);
    // Whatever else it is, is told again when it is waited for.
    if (event.kind == StreamEvent::Kind::kQuiet) end.is_provable = is_proven(event);
  } else {
    bytes = end.to.cell.take_arrived(end.to.connection);
  }
  return bytes.empty() || pass_on_bytes(side, bytes);
}

bool Relay::pass_on_bytes(Role side, std::string_view bytes) {
  End& end = at(side);
  end.bytes += bytes.size();
  ++end.pieces;
  const bool is_too_much = end.bytes > kMostBytes || end.pieces > kMostPieces;
  recording_.add(
      side, {.kind = EventKind::kReceived, .bytes = std::string(bytes), .truncated = is_too_much});
  watch_.hear(side, bytes);
  return !is_too_much && (at(chat::other(side)).has_ended || hand_over(chat::other(side), bytes));
}

bool Relay::hand_over(Role to, std::string_view bytes) {
  const RelayEnd& end = at(to).to;
  const auto failure = end.cell.send(end.connection, bytes);
  if (!failure) {
    if (keeps_pieces_) end.cell.await_taken(end.connection);
    return true;
  }
  // How its connection ended is told when it is waited for.
  if (failure->kind == StreamEvent::Kind::kReset) return true;
  if (failure->kind == StreamEvent::Kind::kQuiet) {
    recording_.add(to, quiet_event(*failure));
    return false;
  }
  return pass_on({to, *failure});
}

// Its end is the other's to hear of, who may go on for a while. After a reset nothing can follow.
void Relay::end(Role side, bool by_reset) {
  recording_.add(side, {.kind = by_reset ? EventKind::kReset : EventKind::kEndOfStream});
  watch_.hear_end(side, by_reset);
  at(side).has_ended = true;
  End& other = at(chat::other(side));
  if (by_reset) {
    other.to.cell.reset(other.to.connection);
    other.has_ended = true;
  } else {
    other.to.cell.half_close(other.to.connection);
  }
}

}  // namespace chatspec
