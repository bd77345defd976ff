// Writes a transcript: each event with the step during which it happened, and its time.

#pragma once

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// That something did not come about. What it means is the judge's to say, unless it is our own
// trouble.
Event event_of(const CellFailure& failure);

class Recording {
 public:
  // Times count from here.
  explicit Recording(const Clock& clock) : clock_(clock), begin_(clock.now()) {}

  // The steps that follow each other. What happens before the first belongs to it.
  void enter(std::size_t step);
  std::size_t step() const { return step_; }

  void add(Event event);
  void add(const CellFailure& failure) { add(event_of(failure)); }

  const std::vector<Event>& events() const { return transcript_.events(); }
  // Whether the last that happened is that the user ended the run, or that we failed.
  bool has_given_up() const;
  Transcript take() { return std::move(transcript_); }

 private:
  const Clock& clock_;
  TimePoint begin_;
  std::size_t step_ = 0;
  Transcript transcript_;
};

}  // namespace chatspec
