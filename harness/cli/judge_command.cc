// judge: what today's judge says of what a log recorded.

#include <map>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/output.h"
#include "harness/cli/suite_location.h"
#include "harness/cli/whole_file.h"
#include "harness/report/event_log.h"
#include "harness/report/run_of_log.h"
#include "harness/runs/judge_recorded.h"

namespace chatspec {
namespace {

struct JudgeCommand {
  std::vector<std::string> logs;
  std::string suite;
  bool verbose = false;
};

struct Counts {
  std::size_t same = 0;
  std::size_t differ = 0;
  std::map<std::string, std::size_t> not_judged{};  // by reason
};

void judge_run(const RunOfLog& run, const CasesById& cases, bool verbose, Counts& counts) {
  for (const CaseRecord* record : run.cases) {
    const auto outcome = run.run ? judge_recorded(*run.run, *record, cases)
                                 : std::unexpected(std::string("its run has no beginning"));
    if (!outcome) {
      ++counts.not_judged[outcome.error()];
      if (verbose) say(fmt::format("not judged {}: {}\n", record->id, outcome.error()));
    } else if (*outcome == outcome_of(*record)) {
      ++counts.same;
    } else {
      ++counts.differ;
      say(fmt::format("{}: recorded as {}, judged now as {}\n", record->id,
                      to_string(outcome_of(*record)), to_string(*outcome)));
    }
  }
}

ExitCode judge_logs(const JudgeCommand& command) {
  const auto wanted = load_wanted({}, command.suite);
  if (!wanted) return ExitCode::kUsage;
  const std::vector<Case> all = list_cases(wanted->suite);
  const CasesById cases = index_cases(all);
  Counts counts;
  for (const std::string& path : command.logs) {
    const auto text = path == "-" ? read_standard_input() : read_whole_file(path);
    const auto log = text ? parse_log(*text, path) : std::unexpected(text.error());
    if (!log) {
      complain(log.error());
      return ExitCode::kUsage;
    }
    for (const RunOfLog& run : group_runs(log->records))
      judge_run(run, cases, command.verbose, counts);
  }
  say(fmt::format("{} judged again, {} of them differ\n", counts.same + counts.differ,
                  counts.differ));
  for (const auto& [reason, count] : counts.not_judged)
    say(fmt::format("{} not judged: {}\n", count, reason));
  if (counts.differ > 0) return ExitCode::kFailed;
  return counts.same > 0 ? ExitCode::kGood : ExitCode::kNothing;
}

}  // namespace

void add_judge_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "judge", "Judge again what logs recorded, and tell where today's verdict is another one");
  auto options = std::make_shared<JudgeCommand>();
  command
      ->add_option(
          "LOG", options->logs,
          "Logs, as `chatspec run --log` writes them; - is standard input. Cases that pass "
          "can be judged again where the run had --log-events all")
      ->required();
  command->add_option("--suite", options->suite, "The folder of the suite that was played")
      ->type_name("DIR");
  command->add_flag("-v,--verbose", options->verbose,
                    "Name the cases that are not judged, and why");
  command->callback([&chosen, options] { chosen = [options] { return judge_logs(*options); }; });
}

}  // namespace chatspec
