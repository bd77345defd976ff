// Whether the end of standard input is a likely reason.

#include "harness/judge/diagnosis/diagnose_input.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(StandardInput, IsSuspectedWhereNothingElseExplainsAnEarlyEnd) {
  const Event sent{.kind = EventKind::kSent, .connection = 1, .bytes = "HELLO\n"};
  const Event answered{.kind = EventKind::kReceived, .connection = 1, .bytes = "260 OK\n"};
  const Event well{.kind = EventKind::kExited, .exit = ExitStatus{}};
  const Event badly{.kind = EventKind::kExited, .exit = ExitStatus{.by_signal = false, .value = 1}};
  const Event met_its_end{.kind = EventKind::kErrors,
                          .bytes = "EOFError: EOF when reading a line\n"};
  const Event other{.kind = EventKind::kErrors, .bytes = "ValueError: x\n"};
  const Event connected{.kind = EventKind::kConnected, .connection = 1};
  const Event listened{.kind = EventKind::kListening};
  const Event printed{.kind = EventKind::kOutput, .bytes = "usage\n"};
  struct Row {
    std::string_view what;
    FailureCode code;
    std::vector<Event> events;
    std::string_view cause;
  };
  constexpr std::string_view kEnded = "standard-input-ended";
  constexpr std::string_view kSilent = "ended-without-a-deed";
  for (const Row& row : {
           Row{"ended before a client came", FailureCode::kExitedEarly, {well}, kSilent},
           Row{"had listened", FailureCode::kExitedEarly, {listened, well}, kEnded},
           Row{"had printed", FailureCode::kExitedEarly, {printed, well}, kEnded},
           Row{"with a status", FailureCode::kExitedEarly, {badly}, ""},
           Row{"and says so", FailureCode::kExitedEarly, {badly, met_its_end}, kEnded},
           Row{"and says something else", FailureCode::kExitedEarly, {badly, other}, ""},
           Row{"left what we sent unread",
               FailureCode::kResetEarly,
               {connected, sent, well},
               kEnded},
           Row{"read what we sent", FailureCode::kClosedEarly, {connected, sent, well}, ""},
           Row{"closed at once", FailureCode::kClosedEarly, {connected, well}, kEnded},
           Row{"read it, and says so",
               FailureCode::kClosedEarly,
               {sent, badly, met_its_end},
               kEnded},
           Row{"has answered",
               FailureCode::kResetEarly,
               {connected, sent, answered, sent, well},
               ""},
           Row{"runs", FailureCode::kResetEarly, {connected, sent}, ""},
           Row{"is silent", FailureCode::kNoAnswer, {sent, well}, ""},
       }) {
    const Finding finding{.code = row.code};
    EXPECT_EQ(suggest_standard_input(finding, row.events).id, row.cause) << row.what;
  }
}

TEST(StandardInput, IsSuspectedWhereAServerIsBusyBeforeItListensAndNotWhereItIsSeenToWait) {
  Finding finding{.code = FailureCode::kNeverListened};
  finding.evidence = Evidence{.grade = QuietGrade::kBusy};
  EXPECT_EQ(suggest_standard_input(finding, {}).id, "standard-input-read");
  for (const QuietGrade grade : {QuietGrade::kProven, QuietGrade::kDeadline}) {
    finding.evidence->grade = grade;
    EXPECT_FALSE(suggest_standard_input(finding, {}).is_known());
  }
}

}  // namespace
}  // namespace chatspec
