// report: what a log says, for people.

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/output.h"
#include "harness/cli/whole_file.h"
#include "harness/report/event_log.h"
#include "harness/report/terminal_report.h"

namespace chatspec {
namespace {

ExitCode report(const std::vector<std::string>& paths, bool verbose) {
  const Style style(wants_colour(std::getenv("NO_COLOR"), std::getenv("CLICOLOR_FORCE"),
                                 isatty(STDOUT_FILENO) == 1));
  Tally tally;
  bool unfinished = false;
  for (const std::string& path : paths) {
    const auto text = read_whole_file(path);
    const auto log = text ? parse_log(*text, path) : std::unexpected(text.error());
    if (!log) {
      complain(log.error());
      return ExitCode::kUsage;
    }
    if (log->records.empty()) {
      complain(fmt::format("{}: there is no record in it", path));
      return ExitCode::kUsage;
    }
    say(render_log(log->records, style, verbose));
    if (log->cut_off) say(fmt::format("a record of {} is incomplete\n", path));
    bool open = false;  // a run has not ended
    for (const Record& record : log->records) {
      if (const auto* played = std::get_if<CaseRecord>(&record)) tally.add(played->verdict);
      const auto* end = std::get_if<EndRecord>(&record);
      const bool begins = std::holds_alternative<RunRecord>(record);
      unfinished = unfinished || (begins && open) || (end && end->interrupted);
      open = end == nullptr;
    }
    unfinished = unfinished || open;
  }
  return exit_code_of(tally, unfinished);
}

}  // namespace

void add_report_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("report", "Print the report of an event log");
  auto paths = std::make_shared<std::vector<std::string>>();
  auto verbose = std::make_shared<bool>(false);
  command->add_option("LOG", *paths, "Logs, as `chatspec run --log` writes them")->required();
  command->add_flag("-v,--verbose", *verbose, "Name the cases that passed, too");
  command->callback([&chosen, paths, verbose] {
    chosen = [paths, verbose] { return report(*paths, *verbose); };
  });
}

}  // namespace chatspec
