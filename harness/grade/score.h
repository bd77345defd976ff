// What is kept of a submission's mark when its logs are put away: for the table of all, and for
// the page of the class.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/grade/assignment.h"
#include "harness/grade/mark.h"
#include "harness/grade/points.h"
#include "harness/grade/settled_run.h"

namespace chatspec {

struct ScoredMistake {
  Role role = Role::kServer;
  std::string root{};  // its id, the same in each submission that makes it
  std::string sentence{};
  std::string requirement{};
  Points cost{};
};

struct Score {
  std::string id{};  // of the submission
  std::string student{};
  std::string platform{};  // that knows the student by the key; may be empty
  std::string key{};
  std::string language{};  // by its name in the assignment; empty where that is not known
  std::optional<Points> total{};
  std::string why_not{};        // a sentence without a full stop, where there is no total
  std::string remark{};         // on the total, likewise; empty where there is nothing to remark
  std::vector<Points> parts{};  // earned, in the order of part_titles()
  std::vector<ScoredMistake> mistakes{};  // those that cost something, the dearest first
  std::size_t flaky = 0;                  // cases that failed at times only
};

// Puts a mark into a score that knows whose it is.
void add_mark(const Mark& mark, std::span<const SettledRun> runs, Score& score);

// Each part of the assignment in each role that it has: "server: handshake quit (30)".
std::vector<std::string> part_titles(const Assignment& assignment);

// A line for each in the order in which they are given, as RFC 4180 wants it. Where there is no
// mark, the points are empty, never 0, and `note` says why; else it has the remark.
std::string render_scores(const Assignment& assignment, std::span<const Score> scores);

}  // namespace chatspec
