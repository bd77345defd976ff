// Expectation x bytes -> match, need more, or mismatch. No I/O and no memory: the player asks after
// each arrival whether to go on, the judge asks the same again of the transcript and so comes to
// the same end.
//
// A difference is not reported at its first byte but when the unit that holds it is complete (its
// line end has come, or so many bytes that it cannot be the unit any more), so that verdict and
// report do not depend on how TCP cut it.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "harness/judge/findings/verdict.h"
#include "harness/script/script.h"

namespace chatspec {

// What is known of the stream after the bytes.
enum class StreamState {
  kOpen,   // more may come
  kQuiet,  // nothing more will come by itself
  kEnded,
  kReset,
};

struct Match {
  enum class Outcome { kMatched, kNeedMore, kMismatched };
  Outcome outcome = Outcome::kNeedMore;
  std::size_t alternative = 0;           // kMatched: the one that was met; kMismatched: the first
  std::size_t part = 0;                  // kMismatched: which line of it, where it has several
  std::size_t consumed = 0;              // kMatched: bytes that it took; kMismatched: that the
                                         // lines before `part` took
  FailureCode code{};                    // kMismatched
  std::size_t offset = 0;                // kMismatched: after these, of the first that differs
  std::optional<FailureCode> deviation;  // kMatched: taken, but not as it should be
};

// `step` expects something of the connection (not of the program); `received` is what has arrived
// and no earlier step took.
Match match(const Step& step, const chat::Profile& profile, std::string_view received,
            StreamState state);

// Whether silence is all that the step expects.
bool expects_only_silence(const Step& step);

// What `part` of an alternative is.
const Expectation& part_of(const Expectation& alternative, std::size_t part);

// The unit with which `received` begins: up to its line end, or all of it.
std::string_view first_unit(std::string_view received);

}  // namespace chatspec
