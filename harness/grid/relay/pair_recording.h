// Writes what happens between a client and a server, with its time.

#pragma once

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/grid/pair_transcript.h"
#include "harness/play/recording.h"

namespace chatspec {

class PairRecording {
 public:
  // Times count from here.
  explicit PairRecording(const Clock& clock) : clock_(clock), begin_(clock.now()) {}

  void add(Role side, Event event) {
    event.connection = 1;
    event.at = clock_.now() - begin_;
    transcript_.push_back({.side = side, .event = std::move(event)});
  }
  void add(Role side, const CellFailure& failure) { add(side, event_of(failure)); }

  const PairTranscript& transcript() const { return transcript_; }
  PairTranscript take() { return std::move(transcript_); }

 private:
  const Clock& clock_;
  TimePoint begin_;
  PairTranscript transcript_{};
};

}  // namespace chatspec
