// Fuzzes a server or a client: says to it what was changed at random, holds its answers against the
// reference's, and makes of each difference the shortest conversation that shows it.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/cell/interrupt.h"
#include "harness/explore/asking/asking.h"
#include "harness/explore/asking/explored_client.h"
#include "harness/explore/asking/explored_server.h"
#include "harness/explore/fuzz/cause.h"
#include "reference/requirements.h"
#include "reference/role.h"

namespace chatspec {

// So often a finding is played again by fresh servers.
inline constexpr std::size_t kShownAgain = 20;

struct FuzzFinding {
  chat::Role role = chat::Role::kServer;  // of the program that showed it
  SaidConversation said{};
  std::vector<std::string> keys{};          // of a server
  FindingCause cause{};                     // `expected` and `came` as they were, not generalised
  std::vector<std::string> requirements{};  // the first is that of the cause
  chat::Level level = chat::Level::kMust;   // of what is not met
  // A fresh program has shown it; then it did so in so many of …
  std::size_t shown = 0;
  std::size_t played = 0;                  // … so many plays by others, for which there was time
  std::chrono::nanoseconds found_after{};  // when it was told, since the beginning

  // For its order in a report: what is worse comes first.
  enum class Kind { kCrash, kHang, kAnswer, kRecommended };
  Kind kind() const;

  // Whether it was shown again as often as it takes. A hang may rest on a deadline, and on how busy
  // the machine is, so it has to come each time; else once is enough, or that there was no time.
  bool is_seen() const;
};

struct FuzzProgress {
  std::uint64_t conversations = 0;
  std::chrono::nanoseconds elapsed{};
  std::size_t states = 0;
  std::size_t edges = 0;
  std::size_t lines = 0;
  std::size_t findings = 0;
  std::chrono::nanoseconds since_new{};  // edge, line or finding
  bool is_minimising = false;
};

// Told while it goes on, by one thread. None may be empty.
struct FuzzListener {
  std::function<void(const FuzzProgress&)> on_progress;
  std::function<void(const FuzzFinding&)> on_finding;
  std::function<void(const SaidConversation&)> on_novelty;
};

struct FuzzSettings {
  std::uint64_t seed = 0;
  std::size_t jobs = 1;
  std::chrono::nanoseconds time{};  // after which nothing new is tried
  std::size_t most_findings = 100;  // so many are enough, known ones among them
  // So many conversations are enough, or a few more; nothing where their number does not matter.
  std::optional<std::uint64_t> most_conversations{};
  // What is said first, in addition to what the protocol itself gives.
  std::vector<SaidConversation> corpus{};
  std::set<std::string> accepted{};  // causes (write_cause) that are no findings
  std::set<std::string> known{};     // and those that were told before
};

struct Fuzzed {
  chat::Role role = chat::Role::kServer;
  std::vector<FuzzFinding> findings{};  // worst first
  std::uint64_t differences = 0;        // conversations that were answered otherwise
  std::uint64_t accepted = 0;           // of them, because of what was accepted
  std::set<std::string> known_seen{};   // of the known causes
  std::uint64_t not_shown_again = 0;    // differences that fresh programs did not show again
  std::uint64_t late = 0;               // of these, those whose answer had only not come in time
  std::uint64_t left_out = 0;  // differences not looked at, or not often enough, for want of time
  std::size_t states = 0;      // of the reference that were visited
  std::size_t edges = 0;       // different (state, shape of what was said, answer) that were seen
  bool watches_lines = false;  // whether it was to tell which of its lines are reached …
  std::size_t lines = 0;       // … and how many it told
  AskingCounts counts{};
  std::optional<AskingEnd> end{};  // nothing where the time was over
  std::chrono::nanoseconds duration{};

  // Whether all that was answered otherwise is accounted for.
  bool is_clear() const { return not_shown_again == 0 && left_out == 0; }
};

// The most keys that a server has in a conversation; those of the source are at least as many.
inline constexpr std::size_t kFuzzKeys = 20;

// The source's profile has line ends.
Fuzzed fuzz_server(const ServerSource& source, const FuzzSettings& settings,
                   const FuzzListener& listener, const Interrupt& interrupt);
// The source's signatures are those of ServerSpeaker.
Fuzzed fuzz_client(const ClientSource& source, const FuzzSettings& settings,
                   const FuzzListener& listener, const Interrupt& interrupt);

}  // namespace chatspec
