#include "harness/report/progress_line.h"

#include <vector>

#include <fmt/format.h>

#include "harness/report/text/paragraph.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;

// Before, chance says more than the rate does.
constexpr auto kLeastElapsed = 1s;
constexpr std::size_t kLeastCases = 5;

// What passes is what is expected, and goes without saying.
std::string count_others(const Tally& tally, const Style& style) {
  std::string text;
  for (const VerdictWord& word : kVerdicts) {
    const std::size_t count = tally.count(word.verdict);
    if (count == 0 || word.verdict == Verdict::kPass) continue;
    text += text.empty() ? "" : ", ";
    text += style.paint(emphasis_of(word.verdict), fmt::format("{} {}", count, word.word));
  }
  return text;
}

std::string describe_time(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min", (whole + 30) / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

std::string describe_rate(const ProgressState& state) {
  const std::size_t done = state.tally.total();
  if (state.elapsed < kLeastElapsed || done < kLeastCases || done >= state.cases) return {};
  const double seconds = std::chrono::duration<double>(state.elapsed).count();
  const double rate = static_cast<double>(done) / seconds;
  const std::string speed =
      rate >= 1 ? fmt::format("{:.0f}/s", rate) : fmt::format("{:.1f} s each", 1 / rate);
  return fmt::format("{}, {} left", speed,
                     describe_time(static_cast<double>(state.cases - done) / rate));
}

}  // namespace

std::string render_progress(const ProgressState& state, std::size_t columns, const Style& style) {
  struct Part {
    std::string text;     // as it is written
    std::string counted;  // without colours
  };
  const Style plain(false);
  const std::string rate = describe_rate(state);
  const std::string head = fmt::format("{}/{}", state.tally.total(), state.cases);
  const std::vector<Part> parts{
      {head, head},
      {count_others(state.tally, style), count_others(state.tally, plain)},
      {rate, rate}};
  std::string line;
  std::size_t used = 0;
  for (const auto& [text, counted] : parts) {
    if (counted.empty()) continue;
    const std::size_t needed = counted.size() + (used == 0 ? 0 : 2);
    if (used > 0 && used + needed > columns) return line;
    line += (used == 0 ? "" : "  ") + text;
    used += needed;
  }
  constexpr std::size_t kLeastOfName = 8;
  if (used + 2 + kLeastOfName > columns) return line;
  return line + "  " + cut_text(state.last, columns - used - 2 - 1);
}

}  // namespace chatspec
