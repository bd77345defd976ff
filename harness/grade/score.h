// What is kept of a submission's mark when its logs are put away: for the table of all, and for
// the page of the class.

#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/grade/assignment.h"
#include "harness/grade/mark.h"
#include "harness/grade/points.h"
#include "harness/grade/requirement_outcomes.h"
#include "harness/grade/settled_run.h"
#include "harness/grade/source_traces.h"

namespace chatspec {

struct ScoredMistake {
  Role role = Role::kServer;
  std::string root{};  // its id, the same in each submission that makes it
  std::string sentence{};
  std::string requirement{};
  std::string case_id{};  // that shows it best
  Points cost{};

  bool operator==(const ScoredMistake&) const = default;
};

// A case that did not pass.
struct ScoredCase {
  Role role = Role::kServer;
  std::string id{};
  Verdict verdict = Verdict::kFail;
  std::string code{};  // of what failed, or deviates first; empty where it was not played

  bool operator==(const ScoredCase&) const = default;
};

struct Score {
  std::string id{};  // of the submission
  std::string student{};
  std::string platform{};  // that knows the student by the key; may be empty
  std::string key{};
  std::string language{};  // by its name in the assignment; empty where that is not known
  std::string files{};     // the hash of all that was handed in; empty where it was refused
  std::optional<Points> total{};
  std::string why_not{};        // a sentence without a full stop, where there is no total
  std::string remark{};         // on the total, likewise; empty where there is nothing to remark
  std::vector<Points> parts{};  // earned, in the order of list_parts()
  std::vector<ScoredMistake> mistakes{};  // those that cost something, the dearest first
  std::vector<ScoredCase> cases{};        // those that did not pass, in the order of the runs
  std::size_t flaky = 0;                  // cases that failed at times only
  RequirementOutcomes requirements{};
  std::chrono::microseconds duration{};  // of all cases that count
  std::vector<SourceTrace> traces{};     // for whoever grades; they count for nothing

  bool operator==(const Score&) const = default;
};

// Puts a mark into a score that knows whose it is.
void add_mark(const Mark& mark, std::span<const SettledRun> runs, Score& score);

// A part of the assignment in one of the roles that it has.
struct PartOfRole {
  Role role = Role::kServer;
  std::string cases{};  // the words that say which are its own
  Points points{};

  bool operator==(const PartOfRole&) const = default;
};
std::vector<PartOfRole> list_parts(const Assignment& assignment);

// The same for people: "server: handshake quit (30)".
std::vector<std::string> part_titles(const Assignment& assignment);

// A line for each in the order in which they are given, as RFC 4180 wants it. Where there is no
// mark, the points are empty, never 0, and `note` says why; else it has the remark.
std::string render_scores(const Assignment& assignment, std::span<const Score> scores);

}  // namespace chatspec
