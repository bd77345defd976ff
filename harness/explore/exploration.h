// Learns the state machine of a server or a client and holds it against the protocol's: asks,
// learns, compares, and has each difference shown once more by a fresh program.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/cell/interrupt.h"
#include "harness/explore/asking/asking.h"
#include "harness/explore/asking/explored_client.h"
#include "harness/explore/asking/explored_server.h"
#include "harness/explore/learn/asked_words.h"
#include "harness/explore/learn/difference.h"
#include "harness/explore/learn/learner.h"
#include "harness/explore/learn/names.h"
#include "harness/explore/protocol/alphabet.h"
#include "harness/explore/protocol/reference_machine.h"

namespace chatspec {

struct ExplorationSettings {
  SaidAlphabet alphabet;
  std::uint64_t seed = 0;
  std::size_t jobs = 1;
  std::chrono::nanoseconds time{};  // after which nothing more is learned
  int extra_states = 2;             // that it may have more than are known and be found out
};

// A word to which the program does not answer as the protocol says.
struct ExplorationFinding {
  learning::Word word{};   // all but its last symbol are answered as the protocol says
  std::string expected{};  // the answer to the last one
  std::string came{};
  // The shorter word after which the server is not where it should be, though it has not shown it
  // yet; as long as `word` where the last symbol's answer itself is what differs.
  std::size_t strays_after = 0;
};

struct Exploration {
  SaidAlphabet alphabet{};
  learning::Names outputs{};  // the names of answers
  ReferenceMachine reference;
  learning::Learned learned;
  learning::ComparedMachines compared{};
  std::vector<ExplorationFinding> findings{};  // shortest first
  // Words whose difference a fresh program did not show again.
  std::vector<learning::Word> not_shown_again{};
  std::size_t left_out = 0;  // differences that were not shown again, for want of time
  std::vector<learning::UnstablePlace> unstable{};
  AskingCounts counts{};
  std::optional<AskingEnd> end{};  // why not all was asked that should be
  std::chrono::nanoseconds duration{};

  // Whether the machine is known, as far as tests can tell.
  bool is_whole() const;
  // Whether all was asked, and all is as the protocol says.
  bool conforms() const;
};

// The source's profile must be able to say the alphabet, which is a client's.
Exploration explore_server(const ServerSource& source, const ExplorationSettings& settings,
                           const Interrupt& interrupt);
// Of a client with the messages of make_learned_messages(). The alphabet is a server's, the profile
// has line ends, and the source's signatures are those of make_learned_signatures().
Exploration explore_client(const ClientSource& source, const ExplorationSettings& settings,
                           const Interrupt& interrupt);

}  // namespace chatspec
