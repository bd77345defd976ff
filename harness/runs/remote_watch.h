// Whether a server that somebody else started is still there. LIFE-2: it may end after its first
// client. What comes then says nothing of it, and nor does what it was doing when it went.

#pragma once

#include <mutex>
#include <string>

#include "harness/runs/run.h"

namespace chatspec {

// Thread-safe. Of cases that are played at the same time, any may be the last one that was served.
class RemoteWatch {
 public:
  // Borrows it: a case that was cut off without a word is the reason to look once more whether
  // anybody takes a connection.
  explicit RemoteWatch(CellFactory& cells) : cells_(cells) {}

  // Takes note of a result, and gives what is to be said of it: the result as it is, or, where the
  // server had gone before or went with it, `skipped` with kServerGone.
  CaseResult look_at(CaseResult result);

 private:
  bool takes_no_connection();

  CellFactory& cells_;
  std::mutex mutex_;
  std::string served_last_;  // the id of a case; empty before the first
};

}  // namespace chatspec
