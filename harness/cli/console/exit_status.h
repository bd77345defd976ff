// The exit statuses of chatspec. They are part of its interface.

#pragma once

#include "harness/report/terminal_report.h"

namespace chatspec {

enum class ExitCode {
  kGood = 0,         // everything passed, or at most deviates
  kFailed = 1,       // something failed that is not known to, or did not though it is
  kInterrupted = 2,  // the user ended the run
  kInternal = 3,     // chatspec itself is in trouble
  kUsage = 4,        // the command line or a scenario is wrong
  kNothing = 5,      // nothing was selected, all of it was skipped, or a remote server has gone
  kNotBuilt = 6,     // the program could not be built
};

// What a run ends with, or a report of runs. `has_gone`: a remote server took no connection any
// more, so that too little was judged to call it good.
ExitCode exit_code_of(const Tally& tally, bool interrupted, bool has_gone);

}  // namespace chatspec
