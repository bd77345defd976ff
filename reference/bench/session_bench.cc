// The server's session against the hash alone, over the same bytes. Both take turns within one
// measurement, so that `ratio` (the session's throughput in parts of the hash's) holds on a machine
// whose speed changes.

#include <chrono>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "reference/framing.h"
#include "reference/server_session.h"
#include "reference/signature.h"

namespace chat {
namespace {

using Clock = std::chrono::steady_clock;

// Small enough for the cache, so that the memory is nobody's floor.
constexpr std::size_t kTextBytes = std::size_t{512} << 10;
constexpr std::size_t kReceiveBytes = std::size_t{64} << 10;

class CountingSink : public TextSink {
 public:
  void text(std::string_view piece) override { bytes += piece.size(); }
  void line_end() override { ++bytes; }
  std::size_t bytes = 0;
};

// Lines of `line_bytes`, with a dot in place of every `dot_every`-th byte; 0: none.
std::string make_text(std::size_t line_bytes, std::size_t dot_every) {
  std::string text;
  for (std::size_t i = 0; text.size() < kTextBytes; ++i) {
    const bool dot = dot_every != 0 && i % dot_every == dot_every - 1;
    text += dot ? '.' : static_cast<char>('a' + i * 7 % 26);
    if (text.size() % (line_bytes + 1) == line_bytes) text += '\n';
  }
  return text;
}

void serve(const Profile& profile, std::string_view wire) {
  static const std::vector<std::string> keys{"key"};
  CountingSink sink;
  ServerSession session(profile, keys, sink);
  session.receive(encode_unit(profile, profile.hello) + encode_unit(profile, profile.data));
  while (!wire.empty()) {
    session.receive(wire.substr(0, kReceiveBytes));
    wire.remove_prefix(std::min(kReceiveBytes, wire.size()));
  }
  benchmark::DoNotOptimize(session.take_output());
  benchmark::DoNotOptimize(sink.bytes);
}

void run_session(benchmark::State& state, const char* profile_name) {
  const Profile& profile = *find_profile(profile_name);
  const std::string text =
      make_text(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  const std::string wire = encode_text(profile, text) + encode_terminator(profile);
  std::chrono::duration<double> hashing{0};
  std::chrono::duration<double> serving{0};
  for (auto _ : state) {
    const auto start = Clock::now();
    benchmark::DoNotOptimize(sha256_hex(text));
    const auto middle = Clock::now();
    serve(profile, wire);
    const auto end = Clock::now();
    hashing += middle - start;
    serving += end - middle;
    state.SetIterationTime(std::chrono::duration<double>(end - middle).count());
  }
  const double bytes = static_cast<double>(text.size()) * static_cast<double>(state.iterations());
  state.counters["hash_MB/s"] = bytes / hashing.count() / 1e6;
  state.counters["session_MB/s"] = bytes / serving.count() / 1e6;
  state.counters["ratio"] = hashing / serving;
}

BENCHMARK_CAPTURE(run_session, line, "line")
    ->ArgNames({"line_bytes", "dot_every"})
    ->Args({65536, 0})
    ->Args({65536, 64})
    ->Args({80, 0})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run_session, bare, "bare")
    ->ArgNames({"line_bytes", "dot_every"})
    ->Args({65536, 0})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chat

BENCHMARK_MAIN();
