// However much a client sends, and however it is cut, a session's memory stays below a constant and
// its work below a line: pieces handed on and allocations made are at most so many per byte. And no
// limit that it was given is exceeded.

#include <algorithm>

#include "fuzz/support/allocation_counter.h"
#include "fuzz/support/cuts.h"
#include "fuzz/support/exchange.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "reference/server_session.h"
#include "reference/text/lines.h"

namespace chatspec::fuzz {
namespace {

constexpr chat::ServerLimits kLimits{.unit_bytes = 16, .message_bytes = 1024};
constexpr std::size_t kMemoryBytes = 8192;
constexpr std::size_t kStepsPerByte = 4;
constexpr std::size_t kStepsAtMost = 256;  // for the session itself and its replies
constexpr std::size_t kTimes = 32;
// A conversation that uses everything once, and ends with a violation.
constexpr std::string_view kAll = "HELLO\nDATA\n\\.\n.\nPASS\n\xff\n";

class CountingSink : public chat::TextSink {
 public:
  void text(std::string_view piece) override {
    ++calls;
    line_bytes += piece.size();
    all_bytes += piece.size();
  }
  void line_end() override {
    ++calls;
    line_bytes = 0;
  }
  std::size_t calls = 0;
  std::size_t line_bytes = 0;
  std::size_t all_bytes = 0;
};

// The longest unit that the stream could hold.
std::size_t longest_line(std::string_view stream) {
  std::size_t longest = 0;
  while (!stream.empty()) {
    longest = std::max(longest, chat::take_line(stream).size());
  }
  return longest;
}

// Whether a violation's words are about a unit's length. Bytes that were received stand in quotes.
bool blames_length(std::string_view message) {
  const std::size_t at = message.find(", received ");
  return at != std::string_view::npos &&
         message.substr(at).starts_with(", received a unit of more");
}

// A command that has no end yet, and a text whose end has not come, are within their limits or
// refused.
void require_refused_in_time(const chat::ServerSession& session, const CountingSink& sink,
                             std::size_t begun, std::string_view stream,
                             const chat::ServerLimits& limits) {
  if (session.finished()) return;
  const std::size_t tail = stream.size() - (stream.rfind('\n') + 1);
  const bool in_text = session.state() == chat::ServerSession::State::kText;
  require(in_text || tail <= limits.unit_bytes + 1, "a unit beyond its limit is refused", stream);
  require(session.signed_count() > 0 ||
              sink.all_bytes <= begun + limits.message_bytes + 4 * limits.unit_bytes,
          "a text beyond its limit is refused", stream);
}

// Serves `begin` and then the stream `times` times, and measures what it takes.
void serve_measured(std::string_view begin, std::string_view stream, std::size_t times,
                    const chat::ServerLimits& limits) {
  Allocations& counted = allocations();
  const Allocations before = counted;
  counted.peak_bytes = counted.live_bytes;
  CountingSink sink;
  std::size_t bytes = begin.size();
  {
    chat::ServerSession session(line_profile(), server_keys(), sink, limits);
    session.receive(begin);
    for (std::size_t i = 0; i < times && !session.finished(); ++i) {
      Cuts cuts(Cuts::Way::kHashed, stream);
      for (std::string_view rest = stream; !rest.empty() && !session.finished();) {
        const std::string_view piece = cuts.take(rest);
        session.receive(piece);
        bytes += piece.size();
      }
    }
    require(counted.peak_bytes - before.live_bytes <= kMemoryBytes,
            "a session's memory is bounded, whatever it is sent", stream);
    require(limits.message_bytes == chat::MessageDecoder::kNoLimit || session.finished() ||
                sink.line_bytes <= limits.message_bytes + limits.unit_bytes,
            "no limit is exceeded", stream);
    if (times == 1) require_refused_in_time(session, sink, begin.size(), stream, limits);
    const bool refused = session.violation() && blames_length(session.violation()->message);
    require(!refused || times > 1 || longest_line(stream) > limits.unit_bytes,
            "what is within its limit is not refused", stream);
  }
  const std::size_t steps = sink.calls + counted.count - before.count;
  require(steps <= kStepsPerByte * bytes + kStepsAtMost, "a session's work is linear", stream);
  require(counted.live_bytes == before.live_bytes, "a session leaves no memory behind", stream);
}

}  // namespace

void test_one(std::string_view input) {
  // What is made once and kept is not a session's.
  [[maybe_unused]] static const std::string once =
      serve(line_profile(), server_keys(), kAll, Cuts::Way::kWhole).sent;
  serve_measured("", input, 1, kLimits);
  serve_measured("HELLO\nDATA\n", input, 1, kLimits);
  serve_measured("HELLO\nDATA\n", input, kTimes, {.unit_bytes = kLimits.unit_bytes});
}

}  // namespace chatspec::fuzz
