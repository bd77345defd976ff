// report: what a log says, for people.

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/console.h"
#include "harness/cli/read_log.h"
#include "harness/report/event_log.h"
#include "harness/report/roots.h"
#include "harness/report/roots_json.h"
#include "harness/report/run_of_log.h"
#include "harness/report/terminal_report.h"

namespace chatspec {
namespace {

// What is missing of a run, as far as its report does not tell it by itself; "" where nothing is.
std::string describe_gap(const RunOfLog& run, const std::string& path) {
  if (!run.run) return fmt::format("a run in {} has no beginning\n", path);
  const bool lacks_cases =
      run.end && run.was_built() && !run.end->interrupted && run.cases.size() != run.run->cases;
  if (!lacks_cases) return {};
  return fmt::format("of {} cases of a run in {} there are {}\n", run.run->cases, path,
                     run.cases.size());
}

// How a log is shown.
struct ReportOptions {
  std::vector<std::string> paths{};
  bool verbose = false;
  bool json = false;
};

std::string roots_as_json(const std::vector<RunOfLog>& runs) {
  std::string lines;
  for (const RunOfLog& run : runs) lines += to_json_lines(find_roots(run.cases));
  return lines;
}

ExitCode report(const ReportOptions& options, Console& console) {
  const Style style(console.wants_colour());
  Tally tally;
  bool unfinished = false;
  bool has_gone = false;
  for (const std::string& path : options.paths) {
    const auto log = read_log(path);
    if (!log) {
      console.complain(log.error());
      return ExitCode::kUsage;
    }
    const std::vector<RunOfLog> runs = group_runs(log->records);
    console.say(options.json ? roots_as_json(runs)
                             : render_log(log->records, style, options.verbose));
    // Of JSON, only JSON may stand on the output.
    const auto remark = [&](const std::string& words) {
      options.json ? console.warn(words) : console.say(words);
    };
    if (log->cut_off) remark(fmt::format("a record of {} is incomplete\n", path));
    unfinished = unfinished || log->cut_off;
    for (const RunOfLog& run : runs) {
      remark(describe_gap(run, path));
      for (const CaseRecord* played : run.cases) tally.add(played->verdict);
      for (const BuildRecord* build : run.builds) tally.add(*build);
      has_gone = has_gone || (run.end && !run.end->served_last.empty());
      unfinished = unfinished || !run.is_whole();
    }
  }
  return exit_code_of(tally, unfinished, has_gone);
}

}  // namespace

void add_report_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("report", "Print the report of an event log");
  auto options = std::make_shared<ReportOptions>();
  command
      ->add_option("LOG", options->paths,
                   "Logs, as `chatspec run --log` writes them; - is standard input")
      ->required();
  CLI::Option* verbose = command->add_flag("-v,--verbose", options->verbose,
                                           "Every case in full; name those that passed, too");
  command
      ->add_flag("--json", options->json,
                 "What is wrong as JSON: an object in a line for each mistake, with its cases")
      ->excludes(verbose);
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return report(*options, console); };
  });
}

}  // namespace chatspec
