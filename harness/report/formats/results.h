// What every format tells of logs: runs -> suites of results. A result is a case, or what else can
// keep a run from being good: a build, and a run that is not whole or in which nothing was judged,
// which must not look like one in which all passed.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/report/log/record.h"
#include "harness/report/log/run_of_log.h"

namespace chatspec {

// What other tools ask: did it pass?
enum class Status {
  kPassed,
  kDeviates,  // passed, but a recommendation was not met
  kFailed,    // it failed, hangs or crashed; or it could not be built
  kError,     // trouble of our own, or a run that is not whole: says nothing of the program
  kSkipped,   // or it failed as it is known to
};

// Its texts are plain (plain_text.h), whatever the log holds.
struct Result {
  std::string name{};     // the case's id; unique in its suite, and the same in every run
  std::string chapter{};  // of a case, the first part of its id
  Status status = Status::kPassed;
  std::string verdict{};  // the word that the log has
  // Of a failure or the first deviation; of what was skipped, the kind; "known" where a list of
  // known failures has the case so, or has it wrongly; "" of a pass, and of trouble of our own.
  std::string code{};
  std::string message{};  // one line: what is wrong, or why it was skipped; "" only where it passed
  std::uint64_t duration_us = 0;
  const CaseRecord* played = nullptr;  // null where it is no case
  const BuildRecord* build = nullptr;  // null where it is no build
};

struct ResultSuite {
  std::string name{};  // of the implementation; unique among the suites
  RunRecord run{};     // empty where the log does not have it
  std::uint64_t duration_us = 0;
  std::vector<Result> results{};           // never none
  std::vector<const CaseRecord*> cases{};  // of the log
};

// Of all runs, in the order of the logs. Borrows the records.
std::vector<ResultSuite> make_results(std::span<const RunOfLog> runs);

// Where whoever reads a report finds a case's scenario: below the root of the user's repository,
// where it lies there, else below the suite.
const std::string& scenario_path_of(const CaseRecord& played);

std::size_t count_results(const ResultSuite& suite, Status status);

// For people: all that is worth to know of a result that did not just pass, in lines, the last
// without a line end; plain text.
// "" where there is no more than its message.
std::string explain_result(const ResultSuite& suite, const Result& result);

}  // namespace chatspec
