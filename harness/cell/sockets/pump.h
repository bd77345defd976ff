// The one place where a cell waits. Whatever a cell waits for, everything of the implementation is
// read meanwhile, so that it is never held up by us.

#pragma once

#include <deque>
#include <optional>
#include <poll.h>
#include <span>
#include <string>
#include <vector>

#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/cell/output_pipe.h"
#include "harness/cell/sockets/connection.h"
#include "harness/cell/supervisor/supervisor_link.h"

namespace chatspec {

class Pump {
 public:
  // Borrows both.
  Pump(const Interrupt& interrupt, const Clock& clock) : interrupt_(interrupt), clock_(clock) {}

  // Waits until something happens, though no longer than `until`, and then reads the output, and
  // every connection that has room. Things that happen: those, news of the supervisor, an interrupt
  // (if `heed_interrupt`), and `others`.
  void wait(TimePoint until, std::span<const pollfd> others = {}, bool heed_interrupt = true);

  // Borrows it: whatever the supervisor tells is taken in.
  void watch(SupervisorLink& supervisor) { supervisor_ = &supervisor; }

  void watch_output(FileDescriptor output, FileDescriptor errors) {
    output_.go_on_with(std::move(output));
    errors_.go_on_with(std::move(errors));
  }
  OutputPipe& output() { return output_; }
  OutputPipe& errors() { return errors_; }
  const OutputPipe& output() const { return output_; }
  const OutputPipe& errors() const { return errors_; }

  // What could not be read though it was there, as a sentence without a full stop; nothing where
  // all could.
  std::optional<std::string> trouble() const;

  // The inodes of the pipes that it reads.
  std::vector<ino_t> pipes() const;

  // References to connections stay valid.
  std::deque<Connection>& connections() { return connections_; }
  const std::deque<Connection>& connections() const { return connections_; }

 private:
  std::vector<pollfd> watched(bool heed_interrupt) const;

  const Interrupt& interrupt_;
  const Clock& clock_;
  SupervisorLink* supervisor_ = nullptr;
  OutputPipe output_;
  OutputPipe errors_;
  std::deque<Connection> connections_;
};

}  // namespace chatspec
