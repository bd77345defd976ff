// Whether a client and a server get on with each other, and if not, who left the protocol: a pure
// function of what was seen between them.

#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/grid/pair_watch.h"

namespace chatspec {

enum class PairOutcome {
  kGetOn,         // all messages were signed and judged rightly, both closed, all by the letter
  kGetOnLoosely,  // the same, though somebody left the protocol
  kClient,        // they do not get on, and the client left the protocol
  kServer,
  kBoth,     // each of them did, also by what it was told by the other
  kNobody,   // neither did, as far as can be seen
  kUnknown,  // trouble of our own, or what keeps one of them cannot be told
  kNotPlayed,
};

struct PairOutcomeWord {
  PairOutcome outcome;
  std::string_view word;     // stable: in tables, CSV and JSON
  std::string_view meaning;  // for people
};
inline constexpr std::array kPairOutcomes{
    PairOutcomeWord{PairOutcome::kGetOn, "ok", "they get on"},
    PairOutcomeWord{PairOutcome::kGetOnLoosely, "ok*", "they get on, though not by the letter"},
    PairOutcomeWord{PairOutcome::kClient, "client", "the client left the protocol"},
    PairOutcomeWord{PairOutcome::kServer, "server", "the server left the protocol"},
    PairOutcomeWord{PairOutcome::kBoth, "both", "both left the protocol"},
    PairOutcomeWord{PairOutcome::kNobody, "nobody", "they do not get on, and neither is to blame"},
    PairOutcomeWord{PairOutcome::kUnknown, "?", "it cannot be told"},
    PairOutcomeWord{PairOutcome::kNotPlayed, "-", "not played"},
};
const PairOutcomeWord& word_of(PairOutcome outcome);
bool gets_on(PairOutcome outcome);

struct PairVerdict {
  PairOutcome outcome = PairOutcome::kNotPlayed;
  // In the order in which they were seen: the first one left the protocol first.
  std::vector<Departure> departures{};
  std::size_t signed_count = 0;  // of the messages, those that came back signed as they should
  std::size_t messages = 0;
  std::string remark{};  // of kUnknown, kNotPlayed: why, in a sentence without a full stop
  // They do not get on, and somebody is to blame, or cannot be told to be, because time went by:
  // then it may be the machine that was slow.
  bool rests_on_time = false;
};

// Of a play of all materials.
PairVerdict judge_pair(const chat::Profile& profile, const PairMaterials& materials,
                       const PairTranscript& transcript);

}  // namespace chatspec
