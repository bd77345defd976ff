#include "harness/judge/findings/finding.h"

#include <cassert>

namespace chatspec {

Evidence evidence_of(const Event& quiet) {
  assert(quiet.kind == EventKind::kQuiet);
  return {.grade = quiet.grade,
          .last_seen = quiet.last_seen,
          .connection = quiet.connection,
          .sentence = quiet.bytes};
}

}  // namespace chatspec
