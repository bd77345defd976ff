// The way of a case through a run:
//
//   Schedule  ->  a worker: CaseRunner  ->  OrderedResults  ->  GivesUp  ->  whoever takes results
//
// Workers end cases in any order. What decides on later cases must not depend on that, or two runs
// of one seed would differ: needs are settled before the case that has them is handed out, and
// whether the program is given up is decided where results pass in order. A worker may then have
// played a case in vain; what it found is dropped.

#include "harness/runs/run.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "harness/runs/case_runner.h"
#include "harness/runs/ordered_results.h"
#include "harness/runs/play_order.h"
#include "harness/runs/remote_watch.h"
#include "harness/runs/schedule.h"

namespace chatspec {
namespace {

// Gives up a program for which every further case would be waited in vain. Told of results in their
// order, by one thread at a time; asked by any.
class GivesUp {
 public:
  void look_at(const CaseResult& result) {
    if (result.appearance == Appearance::kSeen) seen_ = true;
    if (result.appearance == Appearance::kInVain) ++in_vain_;
    given_up_ = !seen_ && in_vain_ >= kTries;
  }
  bool has_given_up() const { return given_up_; }

 private:
  static constexpr int kTries = 2;
  bool seen_ = false;
  int in_vain_ = 0;
  std::atomic<bool> given_up_ = false;
};

SkipReason reason_of_giving_up(Role role) {
  return {.kind = SkipKind::kGivenUp,
          .sentence = fmt::format("the program never {}, in two cases: nothing more is played",
                                  role == Role::kServer ? "listened" : "connected")};
}

// Why a case is not played, if anything keeps it.
std::optional<SkipReason> find_obstacle(const Case& next, const RunOptions& options,
                                        const Schedule& schedule, const GivesUp& program) {
  if (options.play_on) return std::nullopt;
  if (program.has_given_up()) return reason_of_giving_up(options.role);
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
  GivesUp program;
  OrderedResults results([&](CaseResult result) {
    if (program.has_given_up() && !options.play_on)
      result = make_skipped(*result.played, reason_of_giving_up(options.role));
    program.look_at(result);
    result.role = options.role;
    on_result(result);
  });
  const auto work = [&] {
    for (;;) {
      const auto next = interrupt.requested() ? std::nullopt : schedule.take();
      if (!next) break;
      const auto obstacle = find_obstacle(*next->played, options, schedule, program);
      CaseResult result =
          obstacle ? make_skipped(*next->played, *obstacle) : runner.run(*next->played);
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
