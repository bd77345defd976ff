// Where something that is wrong shows, and how grave that is.

#pragma once

#include "harness/report/log/record.h"

namespace chatspec {

// A case in which a root shows.
struct Showing {
  const CaseRecord* played = nullptr;
  const FindingRecord* finding = nullptr;  // null where the harness itself had trouble
};

enum class RootKind {
  kFailure,
  kDeviation,
  kTrouble
};  // the last: of the harness, not the program

}  // namespace chatspec
