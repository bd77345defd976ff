// What a transcript tells up to some step of the script: of each connection, and of the program.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/judge/findings/matcher.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

struct StreamView {
  std::string received{};
  std::size_t consumed = 0;  // by the steps before
  StreamState state = StreamState::kOpen;
  std::size_t sent = 0;  // by us, so far
  struct Arrival {
    std::size_t end = 0;   // in `received`
    std::size_t sent = 0;  // by us, when it came
  };
  std::vector<Arrival> arrivals{};

  // What no step has taken yet.
  std::string_view rest() const;
  // As much of it as came before we had sent so many bytes.
  std::string_view rest_before(std::size_t sent_bytes) const;
  // How many bytes we had sent when the byte at this place of `received` came; so far, where none
  // did.
  std::size_t sent_before(std::size_t place) const;
};

// Borrows the events, which may come from a log: nothing is taken for granted of them.
class TranscriptView {
 public:
  explicit TranscriptView(const std::vector<Event>& events) : events_(events) {}

  // Takes in everything that happened up to and during the step. Silence lasts one step.
  void advance_to(std::size_t step);

  // Each is as of the present step.
  StreamView& stream(int connection) { return streams_[connection]; }
  const std::map<int, StreamView>& streams() const { return streams_; }
  bool is_connected(int connection) const;
  int last_connection() const;  // the highest number so far; 0 before the first
  bool has_started() const { return started_; }
  const Event* listening() const { return listening_; }  // the last that tells of it, or null
  const Event* quiet() const { return quiet_; }          // of this step, or null
  std::optional<ExitStatus> exit() const { return exit_; }

  const std::vector<Event>& events() const { return events_; }

 private:
  void take_in(const Event& event);

  const std::vector<Event>& events_;
  std::size_t step_ = 0;
  std::size_t next_ = 0;  // the first event that is not taken in
  std::map<int, StreamView> streams_;
  std::vector<int> connected_;
  bool started_ = false;
  const Event* listening_ = nullptr;
  const Event* quiet_ = nullptr;
  std::optional<ExitStatus> exit_;
};

}  // namespace chatspec
