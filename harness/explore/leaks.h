// Watches what a server keeps of the clients that it has served: descriptors, processes, threads
// and memory, after one client and the next.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cell/holdings.h"
#include "harness/cell/interrupt.h"
#include "harness/explore/asking/explored_server.h"
#include "harness/explore/growth/growth.h"
#include "harness/explore/protocol/visits.h"

namespace chatspec {

// What can be kept of a client.
struct KeptKind {
  std::string_view name;      // "descriptors"
  std::string_view singular;  // "descriptor"; "" of what is measured in bytes
  std::uint64_t (*held)(const Holdings& holdings);
  std::string_view question;  // for whoever has to mend it
};
inline constexpr std::size_t kKeptKinds = 4;
const std::array<KeptKind, kKeptKinds>& list_kept_kinds();

struct Kept {
  const KeptKind* what = nullptr;
  double of_each = 0;  // client, on an average
};

// What came of one kind of client, of which one came after the other.
struct Visited {
  Visit visit{};
  std::vector<Holdings> held{};  // before the first client, and after each
  std::vector<Kept> kept{};
  // Memory tells nothing where something in the program may go on meanwhile: collect it, say.
  bool is_memory_told = false;
  std::optional<GrowthStop> stop{};  // why there were no more clients, where that is not enough
  bool ends_with_client = false;     // that is why

  std::size_t clients() const { return held.empty() ? 0 : held.size() - 1; }
};

struct Leaks {
  std::vector<Visited> visits{};
  std::optional<GrowthStop::Why> ended_by{};  // where not all were watched

  bool is_any() const;      // something is kept
  bool is_watched() const;  // of some kind of client enough came
  bool serves_one_client() const;
};

struct LeakSettings {
  std::vector<std::string> visits{};  // names of list_visits(); empty for all of them
  std::uint64_t seed = 0;
  TimePoint end = TimePoint::max();
};

// Each is told when it is done. The source's profile has line ends.
Leaks watch_leaks(const ServerSource& source, const Interrupt& interrupt,
                  const LeakSettings& settings,
                  const std::function<void(const Visited&)>& on_visited);

}  // namespace chatspec
