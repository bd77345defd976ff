// Verdicts and failure codes: the whole list of both, in one place each. Both are stable: lists of
// known failures, graders and tests hold on to their names.

#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "reference/text/word_table.h"

namespace chatspec {

// From best to worst; a scenario's verdict is the worst of its parts.
enum class Verdict { kPass, kSkipped, kDeviates, kFail, kHang, kCrash, kError };

struct VerdictWord {
  Verdict verdict;
  std::string_view word;
  std::string_view meaning;  // docs/guide/judging.md has the same
};
inline constexpr std::array kVerdicts{
    VerdictWord{Verdict::kPass, "pass", "as it should be"},
    VerdictWord{Verdict::kSkipped, "skipped",
                "not played, since a scenario that it needs did not pass, for instance; or a *may* "
                "that the program does not have"},
    VerdictWord{Verdict::kDeviates, "deviates", "a *should* of the protocol was not met"},
    VerdictWord{Verdict::kFail, "fail", "a *must* was not met"},
    VerdictWord{Verdict::kHang, "hang", "something is due, and the program does nothing more"},
    VerdictWord{Verdict::kCrash, "crash",
                "it, or a process that it started, was killed by a signal; or it died of a fault "
                "that it reports itself"},
    VerdictWord{Verdict::kError, "error", "chatspec's own trouble; says nothing of the program"},
};
static_assert(chat::covers_in_order(kVerdicts, &VerdictWord::verdict, Verdict::kError));
std::string_view to_string(Verdict verdict);
std::optional<Verdict> parse_verdict(std::string_view word);

// Whether a verdict is worse than another. That a case was skipped is not.
bool is_worse(Verdict verdict, Verdict than);

// Whether the verdict makes a run fail: fail, hang or crash.
bool is_failure(Verdict verdict);

// What exactly went wrong.
enum class FailureCode {
  // what was sent is wrong
  kWrongReply,
  kReplyText,
  kWrongCommand,
  kWrongVerdict,
  kWrongSignature,
  kMalformedSignature,
  kWrongText,
  kWrongBytes,
  kLineEnd,
  kUnexpectedData,
  kEarlyAnswer,
  // nothing was sent
  kNoAnswer,
  kPartialAnswer,
  kStoppedReading,
  // the connection
  kClosedEarly,
  kResetEarly,
  kNotClosed,
  kNotReset,
  kNoConnection,
  kRefused,
  // the program
  kNeverListened,
  kNotRestarted,
  kListened,
  kExitedEarly,
  kKilled,
  kNotExited,
  kWrongExit,
  kMissingOutput,
  kNoComplaint,
  // the program's own faults, whatever was asked of it
  kChildKilled,
  kSanitizerAbort,
  kSanitizerReport,
  kUncaughtException,
  kThreadException,
  // taken, but not as it should be
  kUpperCase,
  kLowerCase,
  kResetAtEnd,
  kOtherWay,
};

struct FailureWord {
  FailureCode code;
  std::string_view word;
  Verdict verdict;           // where the scenario's level is *must*
  std::string_view meaning;  // a sentence without a full stop, about "it", the implementation
};
inline constexpr std::array kFailures{
    FailureWord{FailureCode::kWrongReply, "wrong-reply", Verdict::kFail,
                "it sent a different reply than expected"},
    FailureWord{FailureCode::kReplyText, "reply-text", Verdict::kFail,
                "its reply has the right code, but the wrong text"},
    FailureWord{FailureCode::kWrongCommand, "wrong-command", Verdict::kFail,
                "it sent a different command than expected"},
    FailureWord{FailureCode::kWrongVerdict, "wrong-verdict", Verdict::kFail,
                "it gave the wrong verdict on the signature"},
    FailureWord{FailureCode::kWrongSignature, "wrong-signature", Verdict::kFail,
                "the signature has the right form, but the wrong value"},
    FailureWord{FailureCode::kMalformedSignature, "malformed-signature", Verdict::kFail,
                "this is not a signature: it has too many or too few digits, or other characters"},
    FailureWord{FailureCode::kWrongText, "wrong-text", Verdict::kFail,
                "the text that it sent is not that of the message"},
    FailureWord{FailureCode::kWrongBytes, "wrong-bytes", Verdict::kFail,
                "it sent different bytes than expected"},
    FailureWord{FailureCode::kLineEnd, "line-end", Verdict::kFail,
                "what it sent is right, but its line end is wrong"},
    FailureWord{FailureCode::kUnexpectedData, "unexpected-data", Verdict::kFail,
                "it sent something although nothing was expected"},
    FailureWord{FailureCode::kEarlyAnswer, "early-answer", Verdict::kFail,
                "it answered before the end of the text was sent"},
    FailureWord{FailureCode::kNoAnswer, "no-answer", Verdict::kHang, "it does not answer"},
    FailureWord{FailureCode::kPartialAnswer, "partial-answer", Verdict::kHang,
                "it stopped in the middle of its answer"},
    FailureWord{FailureCode::kStoppedReading, "stopped-reading", Verdict::kHang,
                "it stopped reading what chatspec sends"},
    FailureWord{FailureCode::kClosedEarly, "closed-early", Verdict::kFail,
                "it closed the connection too early"},
    FailureWord{FailureCode::kResetEarly, "reset-early", Verdict::kFail,
                "it reset the connection too early"},
    FailureWord{FailureCode::kNotClosed, "not-closed", Verdict::kHang,
                "it leaves the connection open"},
    FailureWord{FailureCode::kNotReset, "not-reset", Verdict::kFail,
                "it did not reset the connection"},
    FailureWord{FailureCode::kNoConnection, "no-connection", Verdict::kHang, "it does not connect"},
    FailureWord{FailureCode::kRefused, "refused", Verdict::kFail,
                "it does not accept a connection"},
    FailureWord{FailureCode::kNeverListened, "never-listened", Verdict::kHang,
                "it does not listen on the port that it was given"},
    FailureWord{FailureCode::kNotRestarted, "not-restarted", Verdict::kFail,
                "when it is started again at once on the same port, it does not listen"},
    FailureWord{FailureCode::kListened, "listened", Verdict::kFail,
                "it went on although its arguments or files are wrong"},
    FailureWord{FailureCode::kExitedEarly, "exited-early", Verdict::kFail, "it ended too early"},
    FailureWord{FailureCode::kKilled, "killed", Verdict::kCrash, "it was killed by a signal"},
    FailureWord{FailureCode::kNotExited, "not-exited", Verdict::kHang, "it does not end"},
    FailureWord{FailureCode::kWrongExit, "wrong-exit", Verdict::kFail,
                "it ended with the wrong exit status"},
    FailureWord{FailureCode::kMissingOutput, "missing-output", Verdict::kFail,
                "a line is missing from its standard output"},
    FailureWord{FailureCode::kNoComplaint, "no-complaint", Verdict::kFail,
                "it does not say on standard error what is wrong"},
    FailureWord{FailureCode::kChildKilled, "child-killed", Verdict::kCrash,
                "one of its processes was killed by a signal"},
    FailureWord{FailureCode::kSanitizerAbort, "sanitizer-abort", Verdict::kCrash,
                "a sanitizer found an error in it, and ended it"},
    FailureWord{FailureCode::kSanitizerReport, "sanitizer-report", Verdict::kFail,
                "a sanitizer or Valgrind found an error in it, and it went on"},
    FailureWord{FailureCode::kUncaughtException, "uncaught-exception", Verdict::kCrash,
                "it died of an exception that nothing caught"},
    FailureWord{FailureCode::kThreadException, "thread-exception", Verdict::kFail,
                "one of its threads, tasks or requests ended by an exception that nothing caught"},
    FailureWord{FailureCode::kUpperCase, "upper-case", Verdict::kDeviates,
                "the signature has upper-case digits"},
    FailureWord{FailureCode::kLowerCase, "lower-case", Verdict::kDeviates,
                "the signature has lower-case digits, but the profile wants upper-case ones"},
    FailureWord{FailureCode::kResetAtEnd, "reset-at-end", Verdict::kDeviates,
                "it reset the connection instead of closing it"},
    FailureWord{FailureCode::kOtherWay, "other-way", Verdict::kDeviates,
                "this is allowed, but the protocol recommends another way"},
};
static_assert(chat::covers_in_order(kFailures, &FailureWord::code, FailureCode::kOtherWay));
// A failure is no pass, and never chatspec's own trouble.
static_assert(std::ranges::all_of(kFailures, [](const FailureWord& failure) {
  return failure.verdict >= Verdict::kDeviates && failure.verdict <= Verdict::kCrash;
}));
const FailureWord& describe(FailureCode code);
std::string_view to_string(FailureCode code);
std::optional<FailureCode> parse_failure_code(std::string_view word);

// Whether it is a fault of the program's own that weighs the same in a scenario of any level.
bool is_own_fault(FailureCode code);

}  // namespace chatspec
