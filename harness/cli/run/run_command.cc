// run: plays the suite, writes the log, prints the report. Its parts, in the order in which they
// come: what was written (RunArguments, with add_configuration) -> what it comes to (RunPlan) ->
// where (CellSupply) -> in which profile, where the program is to be asked (Preparation) -> what is
// played (Choice, and of it a Part) -> what came of it (records) -> RunRecorder.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cell/process/build.h"
#include "harness/cli/console/named_files.h"
#include "harness/cli/options/missing_file.h"
#include "harness/cli/options/suite_location.h"
#include "harness/cli/run/cell_supply.h"
#include "harness/cli/run/records.h"
#include "harness/cli/run/run_choice.h"
#include "harness/cli/run/run_commands.h"
#include "harness/cli/run/run_configuration.h"
#include "harness/cli/run/run_plan.h"
#include "harness/cli/run/run_recorder.h"
#include "harness/report/log/run_of_log.h"
#include "harness/report/text/clean_text.h"
#include "harness/runs/case_record.h"
#include "harness/runs/opening_probes.h"
#include "harness/runs/opening_record.h"
#include "harness/runs/run.h"
#include "harness/suite/repository.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

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
  // The same for every case.
  static const std::filesystem::path kRepository = find_repository(".");
  return make_case_record(result, {.profile = plan.options.profile,
                                   .logs_all = arguments.log_events == "all",
                                   .hidden = {{home ? home : "", "{home}"}},
                                   .repository = kRepository,
                                   .missing_file = explain_early_end(result, plan)});
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

// A file for the log, where one is wanted. The error is a sentence.
std::expected<std::optional<EventLog>, std::string> create_log(const RunArguments& arguments) {
  if (arguments.log.empty() || arguments.log == "-") return std::nullopt;
  return EventLog::create(arguments.log);
}

// Where and how the cases of a run are played.
struct Stage {
  Interrupt& interrupt;
  const Clock& clock;
  CellSupply& supply;
};

// What was done before the cases are chosen, since that depends on it.
struct Preparation {
  std::optional<BuildRecord> build;
  std::optional<SpokenProfile> spoken;
};

// Asks the program for the profile that it speaks, where that is wanted: built, if it is to be.
Preparation prepare(const RunArguments& arguments, RunPlan& plan, const Stage& stage) {
  Preparation done;
  if (!plan.asks_for_profile) return done;
  if (!arguments.build.empty())
    done.build = build_program(arguments, *plan.program, *stage.supply.builder, stage.clock);
  if (done.build && done.build->verdict != Verdict::kPass) return done;
  const OpeningPlayer player(plan.options, *stage.supply.factory, stage.clock, stage.interrupt);
  done.spoken = find_spoken_profile(player);
  if (done.spoken->profile) plan.options.profile = *done.spoken->profile;
  return done;
}

void play_cases(const RunArguments& arguments, const RunPlan& plan, const Part& part,
                const Preparation& prepared, const Stage& stage, RunRecorder& recorder) {
  const OpeningPlayer player(plan.options, *stage.supply.factory, stage.clock, stage.interrupt);
  OpeningProbes probes(player,
                       prepared.spoken ? prepared.spoken->tries : std::vector<OpeningTry>());
  run_cases(part.cases, plan.options, *stage.supply.factory, stage.clock, stage.interrupt,
            [&](const CaseResult& result) {
              const auto own = part.places.find(result.played);
              if (part.shard && own == part.places.end()) return;  // another shard tells of it
              if (const auto found = probes.look_at(result))
                recorder.add(make_opening_record(*found));
              CaseRecord record = make_record(result, arguments, plan);
              if (part.shard) record.place = own->second;
              recorder.add(record);
            });
}

// A log may take the place of one that only says what is played first.
std::expected<void, std::string> check_files(const RunArguments& arguments, const RunPlan& plan) {
  std::vector<NamedFile> read{{"--config", arguments.config},
                              {"--again", arguments.again},
                              {"--only-failed", arguments.only_failed}};
  for (const std::string& known : arguments.known) read.push_back({"--known", known});
  for (const std::string& known : arguments.known_flaky) read.push_back({"--known-flaky", known});
  if (plan.program) {
    for (const std::string& word : plan.program->command.words())
      read.push_back({"the command line of the program", word});
  }
  std::vector<NamedFile> written = arguments.formats.list_files();
  written.push_back({"--log", arguments.log});
  std::erase_if(written, [](const NamedFile& file) { return file.path == kStandardOutput; });
  return check_read_are_kept(written, read);
}

ExitCode play_all(const RunArguments& arguments, RunPlan& plan, const Part& part,
                  const std::string& suite_hash, Preparation prepared, const Stage& stage,
                  Console& console) {
  if (const auto kept = check_files(arguments, plan); !kept) {
    console.complain(kept.error());
    return ExitCode::kUsage;
  }
  // Not before it is known that something will be played: it empties an older log.
  auto log = create_log(arguments);
  if (!log) {
    console.complain(log.error());
    return ExitCode::kUsage;
  }
  auto reports = arguments.formats.open(std::array{NamedFile{"--log", arguments.log}});
  if (!reports) {
    console.complain(reports.error());
    return ExitCode::kUsage;
  }
  reports->guard_output(console);
  RunRecorder recorder({.log = arguments.log,
                        .output_is_taken = arguments.formats.takes_output(),
                        .keeps_records = arguments.formats.wants_any(),
                        .verbose = arguments.verbose,
                        .quiet = arguments.quiet},
                       *std::move(log), console, stage.interrupt);
  RunCircumstances circumstances{.isolation = std::string(stage.supply.factory->isolation()),
                                 .isolation_note = stage.supply.note,
                                 .suite = suite_hash,
                                 .cases = part.count_own(),
                                 .shard = part.shard};
  if (prepared.spoken) circumstances.profile_choice = make_choice_record(*prepared.spoken);
  const bool begun = recorder.begin(
      make_run_record(arguments, plan, circumstances, std::chrono::system_clock::now()));
  if (!begun) return ExitCode::kInternal;
  const TimePoint begin = stage.clock.now();
  if (!arguments.build.empty() && !prepared.build)
    prepared.build = build_program(arguments, *plan.program, *stage.supply.builder, stage.clock);
  if (prepared.build) recorder.add(*prepared.build);
  const bool is_built = !prepared.build || prepared.build->verdict == Verdict::kPass;
  if (is_built) play_cases(arguments, plan, part, prepared, stage, recorder);
  const auto duration =
      std::chrono::duration_cast<std::chrono::microseconds>(stage.clock.now() - begin);
  recorder.end({.interrupted = stage.interrupt.requested(),
                .duration_us = static_cast<std::uint64_t>(duration.count())});
  const bool all_written = reports->write(group_runs(recorder.records()), console);
  return all_written ? recorder.exit_code() : ExitCode::kInternal;
}

ExitCode run(const RunArguments& arguments, CLI::App& command, Console& console) {
  auto configuration = add_configuration(arguments, command);
  if (!configuration) {
    console.complain(configuration.error());
    return ExitCode::kUsage;
  }
  if (!configuration->file.empty() && !arguments.quiet) {
    console.warn(fmt::format("with the settings of {}\n", chat::escape_bytes(configuration->file)));
  }
  auto plan = make_plan(arguments);
  if (!plan) {
    console.complain(plan.error());
    return ExitCode::kUsage;
  }
  if (auto is_signed = sign_shard(*plan); !is_signed) {
    console.complain(is_signed.error());
    return ExitCode::kUsage;
  }
  // The cells' launcher comes before the suite: each cell is forked from it, and what it holds is
  // copied each time.
  Interrupt interrupt;
  const InterruptSignals signals(interrupt);
  const SteadyClock clock;
  auto supply = supply_cells(arguments, *plan, {interrupt, clock, plan->patience});
  if (!supply) {
    console.complain(supply.error());
    return ExitCode::kUsage;
  }
  const std::vector<std::string>& earlier =
      plan->only_failed ? plan->played_then : configuration->played_then;
  const auto wanted = load_wanted(arguments.selection.words, arguments.selection.suite, console,
                                  {.needed_too = true, .played_then = earlier});
  if (!wanted) return ExitCode::kUsage;
  const std::vector<Case> all = list_cases(wanted->suite);
  plan->options.command = plan->program ? &plan->program->command : nullptr;
  const Stage stage{.interrupt = interrupt, .clock = clock, .supply = *supply};
  Preparation prepared = prepare(arguments, *plan, stage);
  auto choice = choose(all, *wanted, arguments, *plan, console);
  if (!choice) return ExitCode::kNothing;
  const Part part = take_part(std::move(choice->cases), *plan);
  if (part.count_own() == 0)
    console.warn("note: there are fewer cases than shards: this one has none\n");
  const ExitCode code = play_all(arguments, *plan, part, hash_suite(wanted->suite),
                                 std::move(prepared), stage, console);
  // Whoever has nothing to do has done it, if nothing went wrong.
  return part.count_own() == 0 && code == ExitCode::kNothing ? ExitCode::kGood : code;
}

}  // namespace

void add_run_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("run", "Play scenarios with an implementation, and judge it");
  auto arguments = std::make_shared<RunArguments>();
  arguments->add_to(*command);
  command->footer(
      "Examples:\n"
      "  chatspec run --server 'python3 server.py {port} {keys}'\n"
      "  chatspec run --client 'python3 client.py {host} {port} {messages} {signatures}' "
      "signature\n"
      "  chatspec run --isolation sandbox --log run.jsonl --html run.html --server -- ./server "
      "{port} {keys}\n"
      "  chatspec run --connect localhost:4242 --keys keys.txt --level must");
  command->callback([&chosen, arguments, command] {
    chosen = [arguments, command](Console& console) { return run(*arguments, *command, console); };
  });
}

}  // namespace chatspec
