// What two logs tell differently of the same cases: a program before and after a change.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/report/formats/results.h"
#include "harness/report/log/case_outcome.h"
#include "reference/text/word_table.h"

namespace chatspec {

// From what is to be looked at first.
enum class Change {
  kBroken,     // it fails now, and passed or deviated before
  kWorse,      // it deviates now and passed, or it failed and hangs or crashes now
  kUncovered,  // it fails or deviates now, and was not judged before
  kOtherwise,  // it is wrong in another way, which is no worse: another code or cause
  kMended,     // it passes or deviates now, and failed; or it passes, and deviated
  kNotJudged,  // it was judged before
  kJudged,     // it passes now, and was not judged before
  kNew,        // there was no such case
  kGone,       // there is no such case any more
};

struct ChangeWord {
  Change change;
  std::string_view word;  // stable, of JSON
  std::string_view title;
};
inline constexpr std::array kChanges{
    ChangeWord{Change::kBroken, "broken", "began to fail"},
    ChangeWord{Change::kWorse, "worse", "got worse"},
    ChangeWord{Change::kUncovered, "uncovered", "not judged before, and not good"},
    ChangeWord{Change::kOtherwise, "otherwise", "wrong in another way"},
    ChangeWord{Change::kMended, "mended", "mended"},
    ChangeWord{Change::kNotJudged, "not-judged", "not judged any more"},
    ChangeWord{Change::kJudged, "judged", "not judged before, and good"},
    ChangeWord{Change::kNew, "new", "new"},
    ChangeWord{Change::kGone, "gone", "gone"},
};
static_assert(chat::covers_in_order(kChanges, &ChangeWord::change, Change::kGone));

// What a case, or a build, came to in one of the logs.
struct ComparedResult {
  CaseOutcome outcome{};
  std::string message{};  // one line, plain
};

struct CaseChange {
  Change change = Change::kBroken;
  std::string suite{};  // the run's name in the newer log, or, of what is gone, in the older
  std::string name{};   // the case's id, or "build"
  std::optional<ComparedResult> before{};
  std::optional<ComparedResult> after{};
  // Its file is another one, so that the change may be the scenario's and not the program's.
  bool is_other_scenario = false;
};

struct Difference {
  std::vector<CaseChange> changes{};  // by their kinds, then in the order of the newer log
  std::size_t same = 0;               // cases that came to the same
  // What is to be known before changes are blamed on the program: another suite, a run that is not
  // whole. Sentences without a full stop.
  std::vector<std::string> remarks{};

  std::size_t count(Change change) const;
  bool is_worse() const { return count(Change::kBroken) + count(Change::kWorse) > 0; }
};

// Runs are compared by their names, and where there is one in each, whatever they are called.
Difference compare_results(std::span<const ResultSuite> before, std::span<const ResultSuite> after);

}  // namespace chatspec
