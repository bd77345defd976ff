#include "harness/explore/leaks.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/explore/asking/asking.h"
#include "harness/explore/asking/growth_stop.h"
#include "harness/explore/growth/keeping.h"
#include "harness/explore/protocol/planned_conversation.h"

namespace chatspec {
namespace {

constexpr std::size_t kClients = 24;
// With large texts: so many that a program which collects its garbage has done so, and so few where
// nothing is suspicious.
constexpr std::size_t kLargeClients = 48;
constexpr std::size_t kFewLargeClients = 15;

constexpr std::array<KeptKind, kKeptKinds> kAll{
    KeptKind{"descriptors", "descriptor",
             [](const Holdings& held) { return std::uint64_t{held.descriptors}; },
             "Is each connection, file and pipe closed, whichever way a client goes?"},
    KeptKind{"processes", "process",
             [](const Holdings& held) { return std::uint64_t{held.processes}; },
             "Does each process that is started end, and does somebody wait for it?"},
    KeptKind{"threads", "thread", [](const Holdings& held) { return std::uint64_t{held.threads}; },
             "Does each thread that is started end when its client has gone?"},
    KeptKind{"memory", "", [](const Holdings& held) { return held.memory; },
             "Is what was read of a client let go when it has gone?"},
};

std::vector<std::uint64_t> held_of(const KeptKind& what, const std::vector<Holdings>& held) {
  std::vector<std::uint64_t> numbers;
  for (const Holdings& one : held) numbers.push_back(what.held(one));
  return numbers;
}

// What each client has to leave behind for it to be told.
double worth_a_word(const KeptKind& what, const Visit& visit) {
  return what.singular.empty() ? static_cast<double>(visit.text_bytes) : 1;
}

std::vector<Kept> find_kept(const Visited& visited) {
  std::vector<Kept> kept;
  for (const KeptKind& what : kAll) {
    if (what.singular.empty() && !visited.is_memory_told) continue;
    const auto numbers = held_of(what, visited.held);
    if (keeps_growing(numbers, worth_a_word(what, visited.visit)))
      kept.push_back({.what = &what, .of_each = added_by_each(numbers)});
  }
  return kept;
}

// One kind of client with one server.
class Watching {
 public:
  Watching(const ServerSource& source, const Interrupt& interrupt, TimePoint end)
      : source_(source), interrupt_(interrupt), end_(end) {}

  Visited watch(const Visit& visit, std::uint64_t seed) {
    Visited visited{.visit = visit, .is_memory_told = visit.text_bytes > 0};
    if (is_late()) {
      visited.stop = stop_now();
      return visited;
    }
    auto server = ExploredServer::start(source_, seed, end_);
    if (!server) {
      visited.stop = stop_by(server.error(), is_late());
      return visited;
    }
    const auto plan = plan_conversation(source_.profile, source_.keys, visit.said);
    while (!visited.stop && !is_enough(visited)) {
      const auto held = server->holdings();
      if (!held) {
        visited.stop = {.why = GrowthStop::Why::kTrouble,
                        .message = "what it holds cannot be seen on this machine"};
        break;
      }
      visited.held.push_back(*held);
      if (!is_enough(visited)) visited.stop = visit_once(*server, plan, visited);
    }
    visited.kept = find_kept(visited);
    return visited;
  }

 private:
  static bool is_enough(const Visited& visited) {
    if (visited.visit.text_bytes == 0) return visited.clients() >= kClients;
    if (visited.clients() == kFewLargeClients && find_kept(visited).empty()) return true;
    return visited.clients() >= kLargeClients;
  }

  std::optional<GrowthStop> visit_once(ExploredServer& server, const PlannedConversation& plan,
                                       Visited& visited) {
    auto conversation = server.connect(end_);
    if (!conversation) return stop_by(conversation.error(), is_late());
    PlayedDialogue played{.pace = Pace::kCareful};
    const auto done = converse(**conversation, follow(plan), interrupt_, played);
    if (!done) return stop_by(done.error(), is_late());
    const auto after = server.see_aftermath(**conversation, false);
    if (is_late()) return stop_now();
    if (after.crash) return GrowthStop{.message = fmt::format("it crashed ({})", *after.crash)};
    if (!played.is_expected)
      return GrowthStop{.message = "it answers otherwise than the protocol says"};
    visited.ends_with_client = !after.serves_on && !after.is_slow;
    if (visited.ends_with_client)
      return GrowthStop{.why = GrowthStop::Why::kProgram, .message = "it ends with its client"};
    if (!after.serves_on)
      return GrowthStop{.message = "it could not be seen to wait for another client"};
    visited.is_memory_told = visited.is_memory_told && after.is_proven;
    return std::nullopt;
  }

  bool is_late() const { return interrupt_.requested() || source_.clock.now() >= end_; }
  GrowthStop stop_now() const {
    if (!interrupt_.requested()) return stop_by_time();
    return stop_by({.kind = CellFailure::Kind::kInterrupted}, true);
  }

  const ServerSource& source_;
  const Interrupt& interrupt_;
  TimePoint end_;
};

// The next kind of client would fare no better.
bool ends_all(const Visited& visited) {
  return visited.stop && visited.stop->why != GrowthStop::Why::kSize;
}

}  // namespace

const std::array<KeptKind, kKeptKinds>& list_kept_kinds() {
  return kAll;
}

bool Leaks::is_any() const {
  return std::ranges::any_of(visits, [](const Visited& one) { return !one.kept.empty(); });
}

bool Leaks::is_watched() const {
  return std::ranges::any_of(visits, [](const Visited& one) { return !one.stop; });
}

bool Leaks::serves_one_client() const {
  return std::ranges::any_of(visits, &Visited::ends_with_client);
}

Leaks watch_leaks(const ServerSource& source, const Interrupt& interrupt,
                  const LeakSettings& settings,
                  const std::function<void(const Visited&)>& on_visited) {
  Watching watching(source, interrupt, settings.end);
  Leaks leaks;
  for (const Visit& visit : make_visits(source.profile)) {
    const auto& chosen = settings.visits;
    if (!chosen.empty() && std::ranges::find(chosen, visit.name) == chosen.end()) continue;
    const Visited& visited = leaks.visits.emplace_back(watching.watch(visit, settings.seed));
    on_visited(visited);
    if (ends_all(visited)) {
      leaks.ended_by = visited.stop->why;
      break;
    }
  }
  return leaks;
}

}  // namespace chatspec
