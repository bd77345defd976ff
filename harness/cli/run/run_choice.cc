#include "harness/cli/run/run_choice.h"

#include <fstream>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/runs/known_failures.h"
#include "harness/runs/play_order.h"
#include "harness/suite/shards.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

std::string explain_nothing(const RunArguments& arguments, const RunPlan& plan) {
  if (plan.only_failed && plan.only_failed->empty())
    return fmt::format("nothing is selected: in {} nothing failed", arguments.only_failed);
  return "nothing is selected";
}

// In the order in which the cases are to be played, as far as their needs allow it.
std::vector<const Case*> arrange(std::vector<const Case*> cases, const RunArguments& arguments,
                                 const RunPlan& plan) {
  if (arguments.shuffle) cases = shuffle_by_seed(cases, plan.options.seed);
  return put_first(cases, plan.failed_first);
}

}  // namespace

std::optional<Choice> choose(const std::vector<Case>& all, const WantedSuite& wanted,
                             const RunArguments& arguments, const RunPlan& plan, Console& console) {
  Selection selection = arguments.selection.to_selection(wanted.names);
  selection.role = plan.options.role;
  selection.profile = &plan.options.profile;
  selection.ids = plan.only_failed;
  Choice choice = choose_cases(all, selection, wanted.needed);
  for (const chat::FileError& error : find_unmatched(plan.options.known, all))
    choice.unmatched.push_back(error.to_string());
  for (const std::string& problem : choice.unmatched) console.complain(problem);
  for (const std::string& problem : choice.unplayable) console.complain(problem);
  if (!choice.has_wanted()) console.complain(explain_nothing(arguments, plan));
  if (!choice.has_wanted() || !choice.unmatched.empty()) return std::nullopt;
  if (!choice.needed.empty()) {
    console.complain(fmt::format("played too, because what you named needs it: {}",
                                 fmt::join(choice.needed, ", ")));
  }
  choice.cases = order_by_needs(arrange(std::move(choice.cases), arguments, plan));
  return choice;
}

Part take_part(std::vector<const Case*> whole, const RunPlan& plan) {
  if (!plan.shard) return {.cases = std::move(whole)};
  const Shard& shard = plan.shard->shard;
  ShardCases taken = take_shard(whole, shard, plan.timings);
  return {
      .cases = std::move(taken.cases),
      .places = std::move(taken.places),
      .shard = ShardRecord{.number = shard.number, .count = shard.count, .cases = whole.size()}};
}

std::expected<void, std::string> sign_shard(const RunPlan& plan) {
  if (!plan.shard || plan.shard->status_file.empty()) return {};
  if (std::ofstream(plan.shard->status_file)) return {};
  return std::unexpected(
      fmt::format("--shard: {} cannot be written", chat::quote(plan.shard->status_file)));
}

}  // namespace chatspec
