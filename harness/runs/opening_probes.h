// What a program makes of openings in other forms, asked where nothing else can be tried on it: it
// does not get through the opening. What is found changes no verdict.

#pragma once

#include <optional>
#include <vector>

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/judge/diagnosis/opening_tries.h"
#include "harness/runs/case_result.h"
#include "harness/runs/run_options.h"

namespace chatspec {

// Plays openings, each in a cell of its own. Borrows all that it is made of but the options.
class OpeningPlayer {
 public:
  OpeningPlayer(RunOptions options, CellFactory& cells, const Clock& clock,
                const Interrupt& interrupt)
      : options_(std::move(options)), cells_(cells), clock_(clock), interrupt_(interrupt) {}

  // Nothing where it could not be asked: it did not listen or connect this time, the run was
  // interrupted, or we are in trouble.
  std::optional<OpeningTry> play(Opening opening) const;

  const RunOptions& options() const { return options_; }
  TimePoint now() const { return clock_.now(); }

 private:
  RunOptions options_;
  CellFactory& cells_;
  const Clock& clock_;
  const Interrupt& interrupt_;
};

struct OpeningFinding {
  std::vector<OpeningTry> tries{};  // that of the case which failed, and those that were asked then
  Cause cause{};
};

// Watches the results of a run for a program that fails at the opening, and asks it once.
class OpeningProbes {
 public:
  // `asked` are tries of the same program and options that need not be made again.
  OpeningProbes(const OpeningPlayer& player, std::vector<OpeningTry> asked)
      : player_(player), asked_(std::move(asked)) {}

  // Of a server that somebody else started nothing is asked: each client may be its last. Nor is
  // anything of a case that was cut otherwise than unit by unit.
  std::optional<OpeningFinding> look_at(const CaseResult& result);

 private:
  std::optional<OpeningTry> ask(Opening opening) const;

  const OpeningPlayer& player_;
  std::vector<OpeningTry> asked_;
  bool is_done_ = false;
};

// Which of the built-in profiles a program speaks, and what it was asked to find out.
struct SpokenProfile {
  const chat::Profile* profile = nullptr;  // null where it speaks none
  std::vector<OpeningTry> tries{};
};
SpokenProfile find_spoken_profile(const OpeningPlayer& player);

}  // namespace chatspec
