// A recorded case judged again by today's judge: record x suite -> verdict.
//
// The script is made anew, of the scenario, the profile and the seed of the run; what happened
// comes from the record.

#pragma once

#include <array>
#include <expected>
#include <functional>
#include <map>
#include <string_view>
#include <vector>

#include "harness/judge/judge.h"
#include "harness/report/log/case_outcome.h"
#include "harness/report/log/run_of_log.h"
#include "harness/suite/case.h"
#include "reference/text/word_table.h"

namespace chatspec {

// Why a recorded case cannot be judged again.
enum class NotJudged {
  kNoRun,
  kNotPlayed,
  kNotLogged,
  kUnknownCase,
  kChanged,
  kUnknownProfile,
  kNotForIt,
  kImpossibleCut,
  kBytesLeftOut,
};

struct NotJudgedReason {
  NotJudged value;
  bool is_usual;  // nobody need be told of the case by its name
  std::string_view clause;
};
inline constexpr std::array kNotJudgedReasons{
    NotJudgedReason{NotJudged::kNoRun, false, "the log does not have the beginning of its run"},
    NotJudgedReason{NotJudged::kNotPlayed, true, "it was not played"},
    NotJudgedReason{NotJudged::kNotLogged, true,
                    "the log does not have what happened (--log-events all)"},
    NotJudgedReason{NotJudged::kUnknownCase, false, "the suite does not have it any more"},
    NotJudgedReason{NotJudged::kChanged, false, "its scenario has changed since"},
    NotJudgedReason{NotJudged::kUnknownProfile, false,
                    "the profile of its run is not valid any more"},
    NotJudgedReason{NotJudged::kNotForIt, false,
                    "it is not played any more in this role and profile"},
    NotJudgedReason{NotJudged::kImpossibleCut, false,
                    "what it sends cannot be cut into segments as the log says"},
    NotJudgedReason{NotJudged::kBytesLeftOut, false,
                    "the log has only the beginning and the end of some bytes"},
};
static_assert(chat::covers_in_order(kNotJudgedReasons, &NotJudgedReason::value,
                                    NotJudged::kBytesLeftOut));
const NotJudgedReason& describe(NotJudged reason);

// The cases of the suite by their ids, borrowed.
using CasesById = std::map<std::string_view, const Case*>;
CasesById index_cases(const std::vector<Case>& cases);

// Who judges: the judge of judge.h, but for tests that try what another one would change.
using JudgeFunction =
    std::function<Judgement(const Script&, chat::Level, const Transcript&, const Circumstances&)>;

std::expected<CaseOutcome, NotJudged> judge_recorded(const RunRecord& run, const CaseRecord& record,
                                                     const CasesById& cases,
                                                     const JudgeFunction& judge_case = judge);

struct JudgedAgain {
  const CaseRecord* record = nullptr;  // borrowed
  std::expected<CaseOutcome, NotJudged> now{};

  bool differs() const { return now && *now != outcome_of(*record); }
};

// Every case of a run, in its order.
std::vector<JudgedAgain> judge_run(const RunOfLog& run, const CasesById& cases,
                                   const JudgeFunction& judge_case = judge);

// Of one that differs: "state/no-hello: recorded as pass, judged now as hang not-closed".
std::string describe_difference(const JudgedAgain& one);

}  // namespace chatspec
