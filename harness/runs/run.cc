// The way of a case through a run:
//
//   Schedule  ->  a worker: CaseRunner  ->  OrderedResults  ->  EarlyEnd  ->  whoever takes results
//
// Workers end cases in any order. What decides on later cases must not depend on that, or two runs
// of one seed would differ: needs are settled before the case that has them is handed out, and
// whether the run ends early by what results say is decided where they pass in order. A worker may
// then have played a case in vain; what it found is dropped.

#include "harness/runs/run.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "harness/runs/attempts.h"
#include "harness/runs/case_runner.h"
#include "harness/runs/early_end.h"
#include "harness/runs/ordered_results.h"
#include "harness/runs/play_order.h"
#include "harness/runs/remote_watch.h"
#include "harness/runs/schedule.h"

namespace chatspec {
namespace {

// Why a case is not played, if anything keeps it.
std::optional<SkipReason> find_obstacle(const Case& next, const RunOptions& options,
                                        const Schedule& schedule, const EarlyEnd& early_end) {
  if (auto reason = early_end.find_reason()) return reason;
  if (options.play_on) return std::nullopt;
  std::string need = schedule.unmet_need(next);
  if (need.empty()) return std::nullopt;
  std::string sentence = fmt::format("it needs {}, which did not pass", need);
  return SkipReason{
      .kind = SkipKind::kNeed, .case_id = std::move(need), .sentence = std::move(sentence)};
}

}  // namespace

void run_cases(std::span<const Case* const> cases, const RunOptions& options, CellFactory& cells,
               const Clock& clock, const Interrupt& interrupt,
               const std::function<void(const CaseResult&)>& on_result) {
  Schedule schedule(order_by_needs(cases));
  const CaseRunner runner(options, cells, clock, interrupt);
  RemoteWatch remote(cells);
  EarlyEnd early_end(options, clock);
  OrderedResults results([&](CaseResult result) {
    if (auto reason = early_end.find_decided())
      result = make_skipped(*result.played, *std::move(reason));
    result.role = options.role;
    result.known = look_up(options.known, *result.played, result.judgement);
    early_end.look_at(result);
    on_result(result);
  });
  const auto may_go_on = [&] { return !interrupt.requested() && !early_end.find_reason(); };
  const auto work = [&] {
    for (;;) {
      const auto next = interrupt.requested() ? std::nullopt : schedule.take();
      if (!next) break;
      const auto obstacle = find_obstacle(*next->played, options, schedule, early_end);
      CaseResult result =
          obstacle ? make_skipped(*next->played, *obstacle)
                   : play_attempts(
                         options.repetition, [&] { return runner.run(*next->played); }, may_go_on);
      result.role = options.role;
      if (!options.command) result = remote.look_at(std::move(result));
      if (interrupt.requested()) break;  // what was interrupted has no verdict
      schedule.settle(*next->played, result.judgement);
      results.add(next->place, std::move(result));
    }
    schedule.stop();
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(options.jobs, cases.size()); ++i)
      others.emplace_back(work);
    work();
  }
  results.finish();
}

}  // namespace chatspec
