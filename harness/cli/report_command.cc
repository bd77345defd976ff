// report: what a log says, for people.

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/console.h"
#include "harness/cli/whole_file.h"
#include "harness/report/event_log.h"
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

ExitCode report(const std::vector<std::string>& paths, bool verbose, Console& console) {
  const Style style(console.wants_colour());
  Tally tally;
  bool unfinished = false;
  bool has_gone = false;
  for (const std::string& path : paths) {
    const auto text = path == "-" ? read_standard_input() : read_whole_file(path);
    const auto log = text ? parse_log(*text, path) : std::unexpected(text.error());
    if (!log) {
      console.complain(log.error());
      return ExitCode::kUsage;
    }
    if (log->records.empty()) {
      console.complain(fmt::format("{}: there is no record in it", path));
      return ExitCode::kUsage;
    }
    console.say(render_log(log->records, style, verbose));
    if (log->cut_off) console.say(fmt::format("a record of {} is incomplete\n", path));
    unfinished = unfinished || log->cut_off;
    for (const RunOfLog& run : group_runs(log->records)) {
      console.say(describe_gap(run, path));
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
  auto paths = std::make_shared<std::vector<std::string>>();
  auto verbose = std::make_shared<bool>(false);
  command
      ->add_option("LOG", *paths, "Logs, as `chatspec run --log` writes them; - is standard input")
      ->required();
  command->add_flag("-v,--verbose", *verbose, "Name the cases that passed, too");
  command->callback([&chosen, paths, verbose] {
    chosen = [paths, verbose](Console& console) { return report(*paths, *verbose, console); };
  });
}

}  // namespace chatspec
