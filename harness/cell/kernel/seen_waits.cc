#include "harness/cell/kernel/seen_waits.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cell/kernel/system_call.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxNamedCalls = 3;

// What a thread does that has to do with no socket of ours.
Activity activity_of(const Wait& wait) {
  switch (wait.awaits) {
    case Awaits::kUnknown:
      return Activity::kUnknown;
    case Awaits::kTime:
      return Activity::kSleeping;
    case Awaits::kSignal:
      return wait.call.empty() ? Activity::kStopped : Activity::kWaiting;
    case Awaits::kInput:
    case Awaits::kRoom:
    case Awaits::kReadiness:
    case Awaits::kThread:
    case Awaits::kProcess:
      return Activity::kWaiting;
  }
  return Activity::kUnknown;
}

// Of threads that wait for each other, what the one does on which it hangs tells what all are
// doing: one of which nothing can be told first of all, then one that sleeps.
bool tells_more(const Wait& wait, const Wait& than) {
  constexpr std::array kTelling{Activity::kWaiting, Activity::kStopped, Activity::kSleeping,
                                Activity::kUnknown};
  const auto rank = [&](const Wait& one) { return std::ranges::find(kTelling, activity_of(one)); };
  return rank(wait) > rank(than);
}

std::string describe_reading(const SocketEnd& end, const ConnectionView& awaited) {
  const bool accepted = end.inode != 0 || !end.is_connected() || end.has_ended();
  std::string text = accepted ? "" : ", without having accepted this connection";
  if (awaited.sent == 0) return text + ", having been sent nothing";
  const std::uint64_t unread = count_unread(end, awaited);
  if (unread == 0 && awaited.sent == 1) return text + ", the only byte read";
  if (unread == 0) return text + fmt::format(", all {} bytes read", awaited.sent);
  return text + fmt::format(", with {} of the {} bytes sent to it unread", unread, awaited.sent);
}

}  // namespace

std::string describe(const SeenWaits& seen) {
  if (seen.waits.empty()) return "no process is left in the cell";
  std::vector<std::string> calls;
  for (const Wait* wait : seen.waits) {
    const std::string call = wait->to_string();
    if (std::ranges::find(calls, call) == calls.end()) calls.push_back(call);
  }
  if (calls.size() > kMaxNamedCalls) calls.resize(kMaxNamedCalls);
  std::string text = fmt::format("blocked in {}", fmt::join(calls, ", "));
  if (seen.holder) {
    text = fmt::format("blocked in {} on {}", seen.holder->to_string(),
                       seen.awaited ? "this connection" : "one of its sockets");
  }
  if (seen.awaited && seen.end) text += describe_reading(*seen.end, *seen.awaited);
  if (seen.waits.size() > 1) text += fmt::format(" ({} threads wait)", seen.waits.size());
  return text;
}

LastSeen name_activity(const SeenWaits& seen) {
  LastSeen named{.activity = Activity::kGone};
  if (seen.holder && (seen.awaited || !seen.holder_serves)) {
    const bool writes = seen.holder->awaits == Awaits::kRoom;
    named = {.activity = writes ? Activity::kWriting : Activity::kReading,
             .system_call = seen.holder->call};
  } else if (seen.server) {
    named = {.activity = Activity::kAccepting, .system_call = seen.server->call};
  } else if (!seen.waits.empty()) {
    const Wait* telling = seen.waits.front();
    for (const Wait* wait : seen.waits) {
      if (tells_more(*wait, *telling)) telling = wait;
    }
    named = {.activity = activity_of(*telling), .system_call = telling->call};
  }
  if (seen.awaited && seen.end) {
    const std::uint64_t unread = count_unread(*seen.end, *seen.awaited);
    named.bytes_unread = unread;
    named.bytes_read = seen.awaited->sent - std::min(unread, seen.awaited->sent);
  }
  return named;
}

std::uint64_t count_unread(const SocketEnd& end, const ConnectionView& connection) {
  // Its peer's end of stream counts as a byte.
  const std::uint64_t end_mark = connection.we_ended && end.receive_queue > 0 ? 1 : 0;
  const std::uint64_t arrived = std::min(end.arrived, connection.sent);
  return connection.sent - arrived + end.receive_queue - end_mark;
}

std::string describe_call(const ThreadView& thread) {
  std::int64_t number = 0;
  std::from_chars(thread.call.data(), thread.call.data() + thread.call.size(), number);
  if (number == -1) return "a page fault";
  const std::string_view name = name_system_call(number);
  return name.empty() ? fmt::format("system call {}", number) : fmt::format("{}()", name);
}

}  // namespace chatspec
