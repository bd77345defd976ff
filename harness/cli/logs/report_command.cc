// report: what logs say, for people and in the formats of other programs.

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/console.h"
#include "harness/cli/logs/logs_commands.h"
#include "harness/cli/options/format_options.h"
#include "harness/cli/options/log_files.h"
#include "harness/cli/options/report_style.h"
#include "harness/report/roots.h"
#include "harness/report/roots_json.h"
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

// How logs are shown.
struct ReportOptions {
  std::vector<std::string> paths{};
  bool verbose = false;
  bool json = false;
  FormatOptions formats{};
};

std::string roots_as_json(const std::vector<RunOfLog>& runs) {
  std::string lines;
  for (const RunOfLog& run : runs) lines += to_json_lines(find_roots(run.cases));
  return lines;
}

void show(const LogFile& log, const ReportOptions& options, Console& console) {
  const Style style = make_report_style(console);
  const bool output_is_taken = options.formats.takes_output();
  if (options.json) {
    console.say(roots_as_json(log.runs));
  } else if (!output_is_taken) {
    const std::string_view path = log.path == "-" ? kSomeLog : std::string_view(log.path);
    console.say(render_log(log.content.records, style, options.verbose, path));
  }
  // Of JSON, only JSON may stand on the output.
  const auto remark = [&](const std::string& words) {
    options.json || output_is_taken ? console.warn(words) : console.say(words);
  };
  if (log.content.cut_off) remark(fmt::format("a record of {} is incomplete\n", log.path));
  for (const RunOfLog& run : log.runs) remark(describe_gap(run, log.path));
}

// What the runs come to, all in all.
ExitCode judge_runs(const std::vector<LogFile>& logs) {
  Tally tally;
  bool unfinished = false;
  bool has_gone = false;
  for (const LogFile& log : logs) {
    unfinished = unfinished || log.content.cut_off;
    for (const RunOfLog& run : log.runs) {
      for (const CaseRecord* played : run.cases) tally.add(*played);
      for (const BuildRecord* build : run.builds) tally.add(*build);
      has_gone = has_gone || (run.end && !run.end->served_last.empty());
      unfinished = unfinished || !run.is_whole();
    }
  }
  return exit_code_of(tally, unfinished, has_gone);
}

// All runs of all logs. Of a log whose last record is incomplete, that is of one, too: a report
// must not look as if all were there.
std::vector<RunOfLog> collect_runs(const std::vector<LogFile>& logs) {
  std::vector<RunOfLog> runs;
  for (const LogFile& log : logs) {
    runs.insert(runs.end(), log.runs.begin(), log.runs.end());
    if (log.content.cut_off && log.runs.back().is_whole()) runs.emplace_back();
  }
  return runs;
}

ExitCode report(const ReportOptions& options, Console& console) {
  const auto logs = read_log_files(options.paths);
  if (!logs) {
    console.complain(logs.error());
    return ExitCode::kUsage;
  }
  std::vector<NamedFile> named{{"--json", options.json ? "-" : ""}};
  for (const std::string& path : options.paths) {
    if (path != "-") named.push_back({"LOG", path});
  }
  auto reports = options.formats.open(named);
  if (!reports) {
    console.complain(reports.error());
    return ExitCode::kUsage;
  }
  reports->guard_output(console);
  for (const LogFile& log : *logs) show(log, options, console);
  const bool all_written = reports->write(collect_runs(*logs), console);
  return all_written ? judge_runs(*logs) : ExitCode::kInternal;
}

}  // namespace

void add_report_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("report", "Print the report of event logs");
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
  options->formats.add_to(*command);
  command->footer(
      "Examples:\n"
      "  chatspec report run.jsonl\n"
      "  chatspec report server.jsonl client.jsonl --html both.html --junit both.xml");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return report(*options, console); };
  });
}

}  // namespace chatspec
