#include "harness/explore/leak_report.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "harness/report/text/paragraph.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

using LeakJson = nlohmann::ordered_json;

constexpr double kKiB = 1024;
constexpr double kMiB = kKiB * 1024;

std::string tell_bytes(double bytes) {
  if (bytes >= kMiB) return fmt::format("{:.1f} MiB of memory", bytes / kMiB);
  return fmt::format("{:.0f} KiB of memory", bytes / kKiB);
}

std::string tell_amount(const KeptKind& what, double amount) {
  if (what.singular.empty()) return tell_bytes(amount);
  if (amount == 1) return fmt::format("1 {}", what.singular);
  const bool is_whole = amount == static_cast<double>(static_cast<std::uint64_t>(amount));
  return fmt::format("{:.{}f} {}", amount, is_whole ? 0 : 1, what.name);
}

std::string tell_kept(const Visited& visited) {
  std::vector<std::string> amounts;
  for (const Kept& kept : visited.kept) amounts.push_back(tell_amount(*kept.what, kept.of_each));
  return fmt::format("{} of each", fmt::join(amounts, ", "));
}

// "4 descriptors before the first client, 28 descriptors after 24 clients".
std::string tell_course(const Kept& kept, const Visited& visited) {
  const auto amount = [&](const Holdings& held) {
    return tell_amount(*kept.what, static_cast<double>(kept.what->held(held)));
  };
  return fmt::format("{} before the first client, {} after {}", amount(visited.held.front()),
                     amount(visited.held.back()), chat::count_things(visited.clients(), "client"));
}

std::string sum_up_leaks(const Leaks& leaks) {
  if (leaks.serves_one_client())
    return "It ends with its client, so that nothing of one is left for the next.";
  if (!leaks.is_watched() && !leaks.is_any()) return "Nothing could be watched.";
  if (!leaks.is_any()) return "Nothing was seen to be kept of a client that has gone.";
  return "It keeps something of each client that has gone: who serves long enough runs out of it.";
}

}  // namespace

std::string render_visited(const Visited& visited) {
  std::string what = "nothing is kept";
  if (!visited.kept.empty())
    what = tell_kept(visited);
  else if (visited.stop)
    what = "not watched";
  return fmt::format("  {:<27}  {:>10}  {}\n", visited.visit.does,
                     chat::count_things(visited.clients(), "client"), what);
}

std::string render_leaks(const Leaks& leaks, std::size_t columns) {
  std::string text = "\n";
  for (const Visited& visited : leaks.visits) {
    for (const Kept& kept : visited.kept)
      text +=
          hang(fmt::format("{}: ", visited.visit.does), tell_course(kept, visited) + ".", columns);
    if (visited.stop && !leaks.serves_one_client())
      text += hang(fmt::format("{}: ", visited.visit.does), visited.stop->message + ".", columns);
  }
  text += hang("", sum_up_leaks(leaks), columns);
  for (const KeptKind& what : list_kept_kinds()) {
    const bool is_kept = std::ranges::any_of(leaks.visits, [&](const Visited& visited) {
      return std::ranges::any_of(visited.kept,
                                 [&](const Kept& kept) { return kept.what == &what; });
    });
    if (is_kept) text += hang("", std::string(what.question), columns);
  }
  return text;
}

std::string render_leaks_json(const Leaks& leaks, const ExplorationTitle& title) {
  LeakJson visits = LeakJson::array();
  for (const Visited& visited : leaks.visits) {
    LeakJson held = LeakJson::array();
    for (const Holdings& one : visited.held) {
      LeakJson row;
      for (const KeptKind& what : list_kept_kinds()) row[std::string(what.name)] = what.held(one);
      held.push_back(std::move(row));
    }
    LeakJson kept = LeakJson::object();
    for (const Kept& one : visited.kept) kept[std::string(one.what->name)] = one.of_each;
    visits.push_back(
        {{"name", visited.visit.name},
         {"does", visited.visit.does},
         {"clients", visited.clients()},
         {"kept_of_each", std::move(kept)},
         {"memory_told", visited.is_memory_told},
         {"held", std::move(held)},
         {"ended", visited.stop ? LeakJson(visited.stop->message) : LeakJson(nullptr)}});
  }
  const LeakJson whole{{"server", title.name},           {"profile", title.profile},
                       {"isolation", title.isolation},   {"seed", title.seed},
                       {"summary", sum_up_leaks(leaks)}, {"visits", std::move(visits)}};
  return whole.dump(1, ' ', false, LeakJson::error_handler_t::replace) + "\n";
}

}  // namespace chatspec
