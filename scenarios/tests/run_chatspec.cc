#include "scenarios/tests/run_chatspec.h"

#include <gtest/gtest.h>

#include "harness/report/log/event_log.h"
#include "harness/runs/judge_recorded.h"
#include "harness/suite/suite.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

const std::string kSuite = CHATSPEC_SOURCE_DIR "/scenarios";

}  // namespace

Outcome run_command(const std::string& command) {
  return chat::run_command_line(command + " 2>&1 </dev/null");
}

std::string quote_word(const std::string& word) {
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

namespace {

// Scenarios, as recorded cases are looked up in them.
class Played {
 public:
  explicit Played(const std::vector<std::string>& paths)
      : suite_(load_suite({paths.begin(), paths.end()})),
        cases_(list_cases(suite_)),
        by_id_(index_cases(cases_)) {}
  Played(const Played&) = delete;
  Played& operator=(const Played&) = delete;

  const CasesById& cases() const { return by_id_; }

 private:
  Suite suite_;
  std::vector<Case> cases_;
  CasesById by_id_;
};

// What was skipped was not played; of very long output that is not what was sent, nobody knows the
// middle. Whatever else cannot be judged again is a fault of the log.
void expect_same_verdicts(const std::vector<Record>& records, const CasesById& cases) {
  for (const RunOfLog& run : group_runs(records)) {
    for (const JudgedAgain& one : judge_run(run, cases)) {
      if (one.now) {
        EXPECT_FALSE(one.differs()) << describe_difference(one);
      } else if (one.now.error() != NotJudged::kBytesLeftOut) {
        EXPECT_EQ(one.now.error(), NotJudged::kNotPlayed)
            << one.record->id << ": " << describe(one.now.error()).clause;
      }
    }
  }
}

SuiteOutcome run_and_judge(const std::string& arguments, const CasesById& cases) {
  const chat::TestFolder folder;
  const std::string log = folder.at("log");
  SuiteOutcome outcome;
  outcome.program =
      run_command(quote_word(CHATSPEC_BIN_DIR "/chatspec") + " run --suite " + quote_word(kSuite) +
                  " --log-events all --log " + quote_word(log) + " " + arguments);
  const auto content = parse_log(folder.content("log"), log);
  EXPECT_TRUE(content) << (content ? "" : content.error()) << outcome.program.output;
  if (!content) return outcome;
  for (const Record& record : content->records) {
    if (const auto* one = std::get_if<CaseRecord>(&record))
      outcome.cases[one->id] = outcome_of(*one);
  }
  expect_same_verdicts(content->records, cases);
  return outcome;
}

}  // namespace

SuiteOutcome run_suite(const std::string& arguments) {
  static const Played suite({kSuite});
  return run_and_judge(arguments, suite.cases());
}

SuiteOutcome run_scenarios(const std::string& arguments, const std::vector<std::string>& paths) {
  std::string words;
  for (const std::string& path : paths) words += " " + quote_word(path);
  return run_and_judge(arguments + words, Played(paths).cases());
}

}  // namespace chatspec
