#include "harness/grid/pair_record.h"

#include <chrono>
#include <optional>

#include "reference/profile_settings.h"

namespace chatspec {
namespace {

// What is seen of a conversation from its server's side: of what the client does, what reaches the
// server. Nothing of other events.
std::optional<EventKind> seen_from_server(const PairEvent& one) {
  const EventKind kind = one.event.kind;
  const bool is_server = one.side == Role::kServer;
  switch (kind) {
    case EventKind::kConnected:
      return is_server ? std::optional(kind) : std::nullopt;
    case EventKind::kReceived:
      return is_server ? kind : EventKind::kSent;
    case EventKind::kEndOfStream:
      return is_server ? kind : EventKind::kHalfClosed;
    case EventKind::kReset:
      return is_server ? kind : EventKind::kAborted;
    default:
      return std::nullopt;
  }
}

EventRecord make_event(const PairEvent& one, EventKind kind) {
  const auto at = std::chrono::duration_cast<std::chrono::microseconds>(one.event.at);
  return {.kind = kind,
          .at_us = static_cast<std::uint64_t>(at.count()),
          .connection = 1,
          .bytes = log_bytes(one.event.bytes)};
}

OutputRecord make_output(const Event& event) {
  return {.bytes = log_bytes(event.bytes), .truncated = event.truncated};
}

}  // namespace

PairRecord make_pair_record(const chat::Profile& profile, const PairTranscript& transcript) {
  PairRecord record;
  record.run.role = Role::kServer;
  record.run.profile.name = profile.name;
  for (const auto& [name, value] : chat::list_settings(profile))
    record.run.profile.settings.emplace(name, log_bytes(value));
  for (const PairEvent& one : transcript) {
    if (const auto kind = seen_from_server(one))
      record.played.events.push_back(make_event(one, *kind));
    if (one.event.kind == EventKind::kErrors)
      (one.side == Role::kServer ? record.played.errors : record.client_errors) =
          make_output(one.event);
    if (one.event.kind == EventKind::kExited && one.event.exit)
      (one.side == Role::kServer ? record.server_end : record.client_end) =
          to_string(*one.event.exit);
  }
  return record;
}

}  // namespace chatspec
