// report: what a log says, for people.

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/output.h"
#include "harness/cli/whole_file.h"
#include "harness/report/event_log.h"
#include "harness/report/terminal_report.h"

namespace chatspec {
namespace {

// Whether each run of a log is there from its beginning to its end. The report itself tells of
// those that did not end; what else is missing is said here.
bool is_whole(const std::vector<Record>& records, const std::string& path) {
  bool whole = true;
  const RunRecord* run = nullptr;  // that has not ended
  bool built = true;
  std::uint64_t played = 0;
  for (const Record& record : records) {
    if (const auto* begins = std::get_if<RunRecord>(&record)) {
      whole = whole && !run;
      run = begins;
      built = true;
      played = 0;
    } else if (!run) {
      say(fmt::format("a run in {} has no beginning\n", path));
      return false;
    } else if (const auto* end = std::get_if<EndRecord>(&record)) {
      const bool lacks_cases = built && !end->interrupted && played != run->cases;
      if (lacks_cases)
        say(fmt::format("of {} cases of a run in {} there are {}\n", run->cases, path, played));
      whole = whole && !end->interrupted && !lacks_cases;
      run = nullptr;
    } else if (const auto* build = std::get_if<BuildRecord>(&record)) {
      built = build->verdict == Verdict::kPass;
    } else {
      ++played;
    }
  }
  return whole && !run;
}

ExitCode report(const std::vector<std::string>& paths, bool verbose) {
  const Style style(wants_colour_on_output());
  Tally tally;
  bool unfinished = false;
  bool has_gone = false;
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
    for (const Record& record : log->records) {
      if (const auto* played = std::get_if<CaseRecord>(&record)) tally.add(played->verdict);
      if (const auto* build = std::get_if<BuildRecord>(&record)) tally.add(*build);
      const auto* end = std::get_if<EndRecord>(&record);
      has_gone = has_gone || (end && !end->served_last.empty());
    }
    const bool whole = is_whole(log->records, path) && !log->cut_off;
    unfinished = unfinished || !whole;
  }
  return exit_code_of(tally, unfinished, has_gone);
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
