// Runs programs for tests: chatspec above all, whose event log says what became of each case.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/report/log/case_outcome.h"
#include "reference/tests/run_command.h"

namespace chatspec {

using Outcome = chat::CommandOutcome;

// Runs a command line as a shell reads it, without standard input. Its output is that on standard
// error, too.
Outcome run_command(const std::string& command);

// One word of such a command line, whatever is in it.
std::string quote_word(const std::string& word);

struct SuiteOutcome {
  Outcome program;
  std::map<std::string, CaseOutcome> cases;  // by id
};

// Runs `chatspec run` with these arguments and reads its log, which it leaves nowhere. What the log
// recorded is judged again, and expected to come to the same.
SuiteOutcome run_suite(const std::string& arguments);
// The same with scenarios of one's own, at these paths, in place of the suite's.
SuiteOutcome run_scenarios(const std::string& arguments, const std::vector<std::string>& paths);

}  // namespace chatspec
