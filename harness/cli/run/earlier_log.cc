#include "harness/cli/run/earlier_log.h"

#include <functional>

#include <fmt/format.h>

#include "harness/cli/options/log_files.h"

namespace chatspec {
namespace {

std::expected<void, std::string> read_cases(const std::string& path, chat::Role role,
                                            const std::function<void(const CaseRecord&)>& take,
                                            std::vector<std::string>* played_then = nullptr) {
  const auto log = read_log_file(path);
  if (!log) return std::unexpected(log.error());
  if (played_then) *played_then = list_selected_words(log->runs);
  for (const RunOfLog& run : log->runs) {
    if (run.run && run.run->role != role) {
      return std::unexpected(fmt::format("{} is the log of a {}, and what is to be tried is a {}",
                                         path, chat::to_string(run.run->role),
                                         chat::to_string(role)));
    }
    for (const CaseRecord* played : run.cases) take(*played);
  }
  return {};
}

}  // namespace

std::expected<EarlierFailures, std::string> read_failures(const std::string& path,
                                                          chat::Role role) {
  EarlierFailures failures;
  const auto take = [&](const CaseRecord& played) {
    if (is_failure(played.verdict) || played.verdict == Verdict::kError)
      failures.ids.insert(played.id);
  };
  const auto read = read_cases(path, role, take, &failures.played_then);
  if (!read) return std::unexpected(read.error());
  return failures;
}

std::expected<Timings, std::string> read_timings(const std::string& path, chat::Role role) {
  Timings timings;
  const auto read = read_cases(path, role, [&](const CaseRecord& played) {
    const DurationRecord& took = played.duration;
    if (played.verdict == Verdict::kSkipped) return;
    timings[played.id] = std::chrono::microseconds(took.start_us + took.play_us + took.stop_us);
  });
  if (!read) return std::unexpected(read.error());
  return timings;
}

}  // namespace chatspec
