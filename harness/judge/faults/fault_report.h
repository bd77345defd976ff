// What a program's standard error tells of its own faults: the reports of sanitizers, of Valgrind
// and of the runtimes of several languages, and the word of a shell or of the C library that a
// process died.
//
// A report begins with a line that has a marker ("ERROR: AddressSanitizer: "). One table has the
// markers, each with a reader that looks at the lines around it and says what happened and where in
// the program, or that this is no report after all. What the program was *given* is told apart from
// what it says of itself: a marker that stands in there proves nothing, and is not looked for.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/transcript/transcript.h"

namespace chatspec {

enum class FaultKind {
  kKilled,     // a process was killed by a signal, or aborted itself
  kSanitizer,  // a sanitizer or Valgrind found an error
  kLeak,       // one of them found memory that was never freed
  kException,  // an exception or panic that nothing caught
};

struct FaultReport {
  FaultKind kind = FaultKind::kException;
  bool fatal = false;  // whoever it tells of ended by it
  // It is about a connection that was lost, about time that ran out or about an interrupt, so that
  // the harness may have caused it.
  bool by_peer = false;
  std::string what{};   // in the program's words; printable, cut where it is long
  std::string place{};  // in its source: "server.c:13, in main"; printable; empty where not known
};

// The first report in `errors`, the beginning of a program's standard error; of a very long one
// only the end is looked at. `given` is all that the program was sent and could read, and `exit`
// how its first process ended, where that is known.
std::optional<FaultReport> find_fault_report(std::string_view errors, std::string_view given,
                                             const std::optional<ExitStatus>& exit);

}  // namespace chatspec
