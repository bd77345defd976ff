// A log keeps only begin and end of very long stretches of bytes, and a hash of the whole. Most
// such stretches are known all the same: what was sent is what the script sends, what came is most
// often what it expects, and what a program printed is most often what it was sent. So both
// directions of each connection are followed along the script while the events are read, and a
// stretch is taken from there where it has the length, begin, end and hash that were logged.
// Everything else is a copy.

#include "harness/runs/restored_transcript.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "reference/escape.h"

namespace chatspec {
namespace {

// What goes over one connection.
struct Streams {
  std::string sent;
  std::string received;
};

// By the script, where it is written out.
std::map<std::uint64_t, Streams> list_streams(const Script& script) {
  std::map<std::uint64_t, Streams> streams;
  for (const Step& step : script.steps) {
    Streams& stream = streams[static_cast<std::uint64_t>(step.connection)];
    if (step.action == Action::kSend) stream.sent += step.bytes;
    if (step.action == Action::kExpect) stream.received += step.alternatives.front().bytes;
  }
  return streams;
}

class Restorer {
 public:
  explicit Restorer(const Script& script)
      : profile_(script.profile), expected_(list_streams(script)) {}

  std::optional<Transcript> restore(const CaseRecord& record) {
    Transcript transcript;
    for (const EventRecord& event : record.events) {
      auto restored = restore(event);
      if (!restored) return std::nullopt;
      transcript.append(*std::move(restored));
    }
    const auto& events = transcript.events();
    const bool was_started = find_first(events, EventKind::kStarted) != nullptr;
    const bool is_over = find_first(events, EventKind::kStopped) != nullptr;
    if (!was_started || !is_over) return transcript;
    for (const auto& [kind, output] : {std::pair(EventKind::kOutput, &record.output),
                                       std::pair(EventKind::kErrors, &record.errors)}) {
      auto bytes = restore_output(output->bytes);
      if (!bytes) return std::nullopt;
      transcript.append({.kind = kind,
                         .step = events.back().step,
                         .at = events.back().at,
                         .bytes = *std::move(bytes),
                         .truncated = output->truncated,
                         .evidence = output->before_end.value_or(std::string::npos)});
    }
    return transcript;
  }

 private:
  std::optional<Event> restore(const EventRecord& event) {
    auto bytes = restore_bytes(event);
    if (!bytes) return std::nullopt;
    Event restored{.kind = event.kind,
                   .step = event.step,
                   .connection = static_cast<int>(event.connection),
                   .at = std::chrono::microseconds(event.at_us),
                   .bytes = *std::move(bytes),
                   .exit = event.exit};
    if (const auto& evidence = event.evidence) {
      restored.grade = evidence->grade;
      restored.last_seen = {.activity = evidence->activity,
                            .system_call = evidence->system_call,
                            .bytes_read = evidence->bytes_read,
                            .bytes_unread = evidence->bytes_unread};
    }
    return restored;
  }

  // A text may be printed escaped or not.
  std::optional<std::string> restore_output(const LoggedBytes& output) const {
    if (output.is_whole()) return output.begin;
    std::string unescaped;
    chat::unescape_line(profile_, all_sent_, unescaped);
    for (const std::string& printed : {all_sent_, unescaped}) {
      if (is_logged_as(output, printed)) return printed;
    }
    return std::nullopt;
  }

  std::optional<std::string> restore_bytes(const EventRecord& event) {
    const bool sent = event.kind == EventKind::kSent;
    if (!sent && event.kind != EventKind::kReceived) {
      return event.bytes.is_whole() ? std::optional(event.bytes.begin) : std::nullopt;
    }
    Streams& done = done_[event.connection];
    std::string& before = sent ? done.sent : done.received;
    std::optional<std::string> bytes;
    if (event.bytes.is_whole()) {
      bytes = event.bytes.begin;
    } else {
      const Streams& whole = expected_[event.connection];
      const std::string& stream = sent ? whole.sent : whole.received;
      const std::string_view known = std::string_view(stream).substr(
          std::min(before.size(), stream.size()), event.bytes.length());
      if (is_logged_as(event.bytes, known)) bytes = known;
    }
    if (bytes) before += *bytes;
    if (bytes && sent) all_sent_ += *bytes;
    return bytes;
  }

  const chat::Profile& profile_;
  std::map<std::uint64_t, Streams> expected_;
  std::map<std::uint64_t, Streams> done_;  // of what was restored
  std::string all_sent_;                   // likewise, on any connection
};

}  // namespace

std::optional<Transcript> restore_transcript(const CaseRecord& record, const Script& script) {
  return Restorer(script).restore(record);
}

}  // namespace chatspec
