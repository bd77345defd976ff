// run: plays the suite, writes the log, prints the report.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cell/process_cell_factory.h"
#include "harness/cell/scratch_folder.h"
#include "harness/cli/commands.h"
#include "harness/cli/missing_file.h"
#include "harness/cli/output.h"
#include "harness/cli/records.h"
#include "harness/cli/run_options.h"
#include "harness/cli/suite_location.h"
#include "harness/report/event_log.h"
#include "harness/report/printable.h"
#include "harness/report/terminal_report.h"
#include "harness/runs/case_record.h"
#include "harness/suite/choice.h"

namespace chatspec {
namespace {

// One line on standard error that says how far the run is, where a terminal can write it anew.
class Progress {
 public:
  explicit Progress(std::size_t total) : total_(total), shown_(is_able_terminal(STDERR_FILENO)) {}

  void show(std::size_t done, const std::string& what) const {
    if (shown_) warn(fmt::format("\r\x1b[K{}/{} {}", done, total_, what));
  }
  void clear() const {
    if (shown_) warn("\r\x1b[K");
  }

 private:
  std::size_t total_;
  bool shown_;
};

// Of a program that ended at once, what it may not have found.
std::string explain_early_end(const CaseResult& result, const RunPlan& plan) {
  const auto& failure = result.judgement.failure;
  const bool ended = failure && failure->code == FailureCode::kExitedEarly;
  if (!ended || !plan.program || plan.program->folder) return {};
  const Event* errors = find_first(result.transcript.events(), EventKind::kErrors);
  std::error_code gone;
  return errors ? explain_missing_file(errors->bytes, plan.program->command.words(),
                                       std::filesystem::current_path(gone))
                : "";
}

CaseRecord make_record(const CaseResult& result, const RunArguments& arguments,
                       const RunPlan& plan) {
  const char* home = std::getenv("HOME");
  return make_case_record(result, {.profile = plan.options.profile,
                                   .logs_all = arguments.log_events == "all",
                                   .hidden = {{home ? home : "", "{home}"}},
                                   .missing_file = explain_early_end(result, plan)});
}

// Takes results as they come: into the log, the report and the tally.
class Recorder {
 public:
  Recorder(const RunArguments& arguments, std::optional<EventLog> log, std::size_t total,
           Interrupt& interrupt)
      : arguments_(arguments),
        interrupt_(interrupt),
        log_(std::move(log)),
        style_(wants_colour_on_output()),
        progress_(total) {}

  bool begin(RunRecord run) {
    run_ = std::move(run);
    if (shows_cases()) say(render_run(run_, style_));
    return write(run_);
  }

  void add(const BuildRecord& build) {
    write(build);
    tally_.add(build);
    if (shows_cases()) say(render_build(build, style_, arguments_.verbose));
  }

  void add(const CaseResult& result, const RunPlan& plan) {
    const CaseRecord record = make_record(result, arguments_, plan);
    write(record);
    tally_.add(record.verdict);
    note_run_over(result);
    progress_.clear();
    if (shows_cases()) say(render_case(run_, record, style_, arguments_.verbose));
    if (!flush_output() && !interrupt_.requested()) {
      reader_left_ = has_reader_left();
      interrupt_.request();  // nobody reads on
    }
    progress_.show(tally_.total(), record.id);
  }

  void end(EndRecord end) {
    end.served_last = served_last_;
    end.given_up = given_up_;
    write(end);
    progress_.clear();
    const std::string last = render_end(tally_, end, style_);
    logs_to_output() ? warn(last) : say(last);
  }

  ExitCode exit_code(bool interrupted) const {
    // Whoever reads no further (`| head`) has seen enough: what was played until then counts.
    const bool cut_short = interrupted && !reader_left_;
    if (log_failed_ && !cut_short) return ExitCode::kInternal;
    const bool has_gone = !served_last_.empty();
    const ExitCode code = exit_code_of(tally_, cut_short, has_gone);
    return reader_left_ && code == ExitCode::kNothing && !has_gone ? ExitCode::kGood : code;
  }

 private:
  // What ends a run before its time, which is said once, at its end.
  void note_run_over(const CaseResult& result) {
    const auto& skip = result.judgement.skip;
    if (!skip) return;
    if (skip->kind == SkipKind::kServerGone && served_last_.empty())
      served_last_ = without_controls(skip->case_id);
    if (skip->kind == SkipKind::kGivenUp)
      given_up_ = result.role == Role::kServer ? "listened" : "connected";
  }

  // Where the log is what standard output is for, the report does not stand in its way.
  bool logs_to_output() const { return arguments_.log == "-"; }
  bool shows_cases() const { return !arguments_.quiet && !logs_to_output(); }

  bool write(const Record& record) {
    if (logs_to_output()) say(to_json_line(record) + "\n");
    if (!log_ || log_failed_) return !log_failed_;
    const auto written = log_->append(record);
    if (!written) complain(fmt::format("{}: {}", arguments_.log, written.error()));
    log_failed_ = !written;
    return written.has_value();
  }

  const RunArguments& arguments_;
  Interrupt& interrupt_;
  std::optional<EventLog> log_;
  RunRecord run_;
  Style style_;
  Progress progress_;
  Tally tally_;
  std::string served_last_;  // where a remote server has gone
  std::string given_up_;     // as in EndRecord
  bool log_failed_ = false;
  bool reader_left_ = false;
};

// Nobody should wonder at scenarios that were not named.
void tell_of_needed(const std::set<std::string>& needed) {
  if (needed.empty()) return;
  complain(fmt::format("played too, because what you named needs it: {}",
                       without_controls(fmt::format("{}", fmt::join(needed, ", ")))));
}

// The cells of a run, and what they need.
struct CellSupply {
  std::unique_ptr<ControlGroups> groups;  // outlives every process; null where there are none
  std::unique_ptr<Launcher> launcher;
  std::unique_ptr<CellFactory> factory;
  std::unique_ptr<ProcessCellFactory> builder;  // null where nothing is to be built
  std::string note;
};

// While there is a single thread. The error is a sentence.
std::expected<CellSupply, std::string> supply_cells(const RunArguments& arguments,
                                                    const RunPlan& plan,
                                                    const CellSurroundings& surroundings) {
  const auto temporary = find_temporary_folder();
  if (!temporary) return std::unexpected(temporary.error());
  CellSupply supply;
  if (plan.remote) {
    supply.factory = std::make_unique<RemoteCellFactory>(surroundings, *temporary, *plan.remote);
    return supply;
  }
  if (arguments.isolation == to_string(Isolation::kSandbox)) {
    if (auto groups = ControlGroups::claim()) {
      supply.groups = std::make_unique<ControlGroups>(*std::move(groups));
    }
  }
  auto launcher = Launcher::fork();
  if (!launcher) return std::unexpected(launcher.error().to_string());
  supply.launcher = *std::move(launcher);
  auto choice = choose_tier(arguments.isolation, {.policy = plan.program->sandbox,
                                                  .temporary = *temporary,
                                                  .launcher = supply.launcher.get()});
  if (!choice) return std::unexpected(fmt::format("--isolation: {}", choice.error()));
  supply.note = choice->note;
  choice->plan.groups = supply.groups.get();
  if (const auto& folder = plan.program->folder) {
    choice->plan.program = &*folder;
    CellSurroundings building = surroundings;
    building.patience.answer = plan.build;
    supply.builder =
        std::make_unique<ProcessCellFactory>(building, make_build_plan(choice->plan, *folder));
  }
  supply.factory = std::make_unique<ProcessCellFactory>(surroundings, std::move(choice->plan));
  return supply;
}

// What came of building the program, which must be there afterwards.
BuildRecord build_program(const RunArguments& arguments, ProgramPlan& program,
                          ProcessCellFactory& cells, const Clock& clock) {
  const TimePoint begin = clock.now();
  BuildResult result = build(cells, arguments.build, *program.folder);
  const auto unusable = result.outcome == BuildResult::Outcome::kBuilt
                            ? program.find_unusable_file(*arguments.folder)
                            : std::nullopt;
  if (unusable) {
    result.outcome = BuildResult::Outcome::kFailed;
    result.message = fmt::format("it ended well, but {}", *unusable);
  }
  return make_build_record(arguments.build, result, clock.now() - begin);
}

ExitCode play_all(const RunArguments& arguments, RunPlan& plan, std::span<const Case* const> cases,
                  const std::string& suite_hash) {
  Interrupt interrupt;
  const InterruptSignals signals(interrupt);
  const SteadyClock clock;
  const auto supply = supply_cells(arguments, plan, {interrupt, clock, plan.patience});
  if (!supply) {
    complain(supply.error());
    return ExitCode::kUsage;
  }
  // Not before it is known that something will be played: it empties an older log.
  std::optional<EventLog> log;
  if (!arguments.log.empty() && arguments.log != "-") {
    auto created = EventLog::create(arguments.log);
    if (!created) {
      complain(created.error());
      return ExitCode::kUsage;
    }
    log = *std::move(created);
  }
  CellFactory& cells = *supply->factory;
  plan.options.command = plan.program ? &plan.program->command : nullptr;
  Recorder recorder(arguments, std::move(log), cases.size(), interrupt);
  const bool begun = recorder.begin(make_run_record(arguments, plan,
                                                    {.isolation = std::string(cells.isolation()),
                                                     .isolation_note = supply->note,
                                                     .suite = suite_hash,
                                                     .cases = cases.size()},
                                                    std::chrono::system_clock::now()));
  if (!begun) return ExitCode::kInternal;
  const TimePoint begin = clock.now();
  bool built = true;
  if (!arguments.build.empty()) {
    const BuildRecord record = build_program(arguments, *plan.program, *supply->builder, clock);
    built = record.verdict == Verdict::kPass;
    recorder.add(record);
  }
  if (built) {
    run_cases(cases, plan.options, cells, clock, interrupt,
              [&](const CaseResult& result) { recorder.add(result, plan); });
  }
  const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(clock.now() - begin);
  recorder.end({.interrupted = interrupt.requested(),
                .duration_us = static_cast<std::uint64_t>(duration.count())});
  return recorder.exit_code(interrupt.requested());
}

ExitCode run(const RunArguments& arguments) {
  auto plan = make_plan(arguments);
  if (!plan) {
    complain(plan.error());
    return ExitCode::kUsage;
  }
  const auto wanted =
      load_wanted(arguments.selection.words, arguments.selection.suite, NeededToo::kYes);
  if (!wanted) return ExitCode::kUsage;
  Selection selection = arguments.selection.to_selection(wanted->names);
  selection.role = plan->options.role;
  selection.profile = &plan->options.profile;
  const std::vector<Case> all = list_cases(wanted->suite);
  const Choice choice = choose_cases(all, selection, wanted->needed);
  for (const std::string& problem : choice.unmatched) complain(problem);
  for (const std::string& problem : choice.unplayable) complain(problem);
  if (!choice.has_wanted()) complain("nothing is selected");
  if (!choice.has_wanted() || !choice.unmatched.empty()) return ExitCode::kNothing;
  tell_of_needed(choice.needed);
  return play_all(arguments, *plan, choice.cases, hash_suite(wanted->suite));
}

}  // namespace

void add_run_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("run", "Play scenarios with an implementation, and judge it");
  auto arguments = std::make_shared<RunArguments>();
  arguments->add_to(*command);
  command->callback([&chosen, arguments] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace chatspec
