// Whether a server that somebody else started is still there: what the judge is told of that.

#pragma once

#include <mutex>
#include <string>

#include "harness/cell/cell.h"
#include "harness/runs/case_result.h"

namespace chatspec {

// Thread-safe. Of cases that are played at the same time, any may be the last one that was served.
class RemoteWatch {
 public:
  // Borrows it: a case that was cut off without a word is the reason to look once more whether
  // anybody takes a connection.
  explicit RemoteWatch(CellFactory& cells) : cells_(cells) {}

  // Takes note of a result, and gives it judged by what is known of the server: whether it had
  // served before, and whether it may have gone since.
  CaseResult look_at(CaseResult result);

 private:
  bool takes_no_connection();

  CellFactory& cells_;
  std::mutex mutex_;
  std::string served_last_;  // the id of a case; empty before the first
};

}  // namespace chatspec
