// Cases of which it is known that they fail, how, and why: the lists that a user keeps of them.

#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "harness/judge/judgement.h"
#include "harness/suite/case.h"
#include "reference/text/file_error.h"

namespace chatspec {

struct KnownFailure {
  std::string file{};     // in which it stands
  std::size_t line = 0;   // from 1
  std::string name{};     // of cases: as those that are selected, with * for any characters
  FailureCode code{};     // with which they fail
  std::string reason{};   // for people
  bool is_flaky = false;  // they fail at times only
};

// A line each: a name, a failure's code, and the reason, with blanks between; empty lines and those
// that begin with # say nothing. Of what is flaky there are lists of their own. All mistakes at
// once, each with its line.
std::expected<std::vector<KnownFailure>, std::vector<chat::FileError>> parse_known_failures(
    std::string_view text, const std::string& file, bool is_flaky = false);

// Those whose names match no case at all: typing mistakes, or scenarios that are there no more.
std::vector<chat::FileError> find_unmatched(const std::vector<KnownFailure>& known,
                                            const std::vector<Case>& cases);

// What a list says of a case that was judged.
struct KnownOutcome {
  const KnownFailure* entry = nullptr;  // null where no list names the case, or it was not judged
  bool is_met = false;                  // it came as the list says; else the list is wrong

  // Whether a case counts as failed, though one that fails as it is known to does not.
  bool fails(const Judgement& judgement) const {
    return entry ? !is_met : is_failure(judgement.verdict);
  }
};

// Of several lines that name the case, the one with its code counts, or else the first. What is
// flaky may pass, of which nothing follows, since it may fail the next time.
KnownOutcome look_up(const std::vector<KnownFailure>& known, const Case& played,
                     const Judgement& judgement);

}  // namespace chatspec
