// One thing that is not as it should be, with all that is known of it: facts, and beside them the
// sentences that people read.

#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "harness/judge/findings/cause.h"
#include "harness/judge/findings/verdict.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// On what a finding of silence rests.
struct Evidence {
  QuietGrade grade = QuietGrade::kDeadline;
  LastSeen last_seen{};
  int connection = 0;      // by the scenario's number; 0 where none is concerned
  std::string sentence{};  // for people
};
Evidence evidence_of(const Event& quiet);  // an event of kQuiet

// So much is kept of bytes that were due or came.
inline constexpr std::size_t kKeptBytes = 400;

struct Finding {
  FailureCode code{};
  std::size_t step = 0;           // of the script; its size where the end as a whole is meant
  std::size_t scenario_line = 0;  // of the step, in the scenario's file; 0 where the end is meant
  std::string requirement{};      // where the finding names one by itself; else those that the
                                  // scenario covers are meant
  std::string expected{};         // as the scenario says it, or the bytes; for people
  // The bytes that were due in place of `received`, where just these were; of a text of many lines
  // the line that differs. Of long ones only the beginning.
  std::optional<std::string> expected_bytes{};
  std::string received{};  // the bytes, unquoted, or their beginning; empty where nothing came
  // Of the first byte in which `received` differs from `expected_bytes`, or of its end where it
  // stops short. It may lie after what is kept of them. Nothing where nothing came, where no
  // bytes in particular were due, or where they were due on another way than a connection.
  std::optional<std::size_t> offset{};
  // How many bytes we had sent on the connection when the first of `received` came: whatever we
  // sent later it does not answer. Nothing where that is not known.
  std::optional<std::size_t> sent_before{};
  std::string message{};  // what happened, in a sentence without a full stop
  Cause cause{};          // the likely reason, where one explains it
  std::optional<Evidence> evidence{};
};

}  // namespace chatspec
