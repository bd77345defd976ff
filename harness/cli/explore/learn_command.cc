// learn: asks a server or a client for its state machine and shows where it differs from the
// protocol's. What
// starts and isolates it is as for `run`, whose arguments are taken.

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/made_folder.h"
#include "harness/cli/console/named_files.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/explore/explore_commands.h"
#include "harness/cli/explore/exploring.h"
#include "harness/cli/explore/search_options.h"
#include "harness/cli/options/validators.h"
#include "harness/explore/exploration.h"
#include "harness/explore/exploration_files.h"
#include "harness/explore/exploration_text.h"
#include "harness/explore/protocol/said_symbol.h"
#include "harness/explore/protocol/witness.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostShown = 10;
constexpr double kDefaultSeconds = 60;

struct LearnCommand {
  RunArguments run;
  std::string alphabet;  // "" for the default one
  double time_s = kDefaultSeconds;
  int extra_states = ExplorationSettings{}.extra_states;
  std::string dot, html, json;  // files; "" for none
  std::string out;              // a folder for scenarios
  SearchOptions search;
};

std::expected<SaidAlphabet, std::string> choose_alphabet(const LearnCommand& command,
                                                         const RunOptions& options) {
  const chat::Role speaker = other(options.role);
  if (command.alphabet.empty()) return default_alphabet(options.profile, speaker);
  auto chosen = parse_alphabet(command.alphabet, options.profile, speaker);
  if (!chosen) return std::unexpected(fmt::format("--alphabet: {}", chosen.error()));
  return chosen;
}

// "03-after-hello-message.chat": what a witness's file is called.
std::string name_witness(std::size_t number, const SaidAlphabet& alphabet,
                         const ExplorationFinding& finding) {
  std::string name = fmt::format("{:02}", number);
  const std::size_t kept = std::min<std::size_t>(finding.word.size(), 4);
  for (const learning::Symbol symbol :
       std::span(finding.word).subspan(finding.word.size() - kept)) {
    const std::string_view word = symbol_of(alphabet, symbol).name;
    name += '-';
    for (const char c : word == "." ? "dot" : word)
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return name + ".chat";
}

// The error is a sentence.
std::expected<void, std::string> write_witnesses(const fs::path& folder, const Exploration& done) {
  if (const auto made = make_folder(folder); !made)
    return std::unexpected("--out: " + made.error().message);
  for (std::size_t i = 0; i < done.findings.size(); ++i) {
    const ExplorationFinding& finding = done.findings[i];
    const auto written =
        write_whole_file((folder / name_witness(i + 1, done.alphabet, finding)).string(),
                         write_witness(done.alphabet, finding.word, finding.came));
    if (!written) return written;
  }
  return {};
}

// All files that are wanted. The error is a sentence.
std::expected<void, std::string> write_files(const LearnCommand& command,
                                             const ExplorationTitle& title,
                                             const Exploration& done) {
  const auto write = [](const std::string& path,
                        const auto& render) -> std::expected<void, std::string> {
    if (path.empty()) return {};
    return write_whole_file(path, render());
  };
  if (auto written = write(command.dot, [&] { return render_exploration_dot(done); }); !written)
    return written;
  if (auto written = write(command.html, [&] { return render_exploration_page(done, title); });
      !written)
    return written;
  if (auto written = write(command.json, [&] { return render_exploration_json(done, title); });
      !written)
    return written;
  if (command.out.empty() || done.findings.empty()) return {};
  return write_witnesses(command.out, done);
}

ExitCode exit_code_of(const Exploration& done) {
  if (done.end && done.end->why == AskingEnd::Why::kInterrupted) return ExitCode::kInterrupted;
  if (!done.findings.empty() || !done.not_shown_again.empty()) return ExitCode::kFailed;
  if (done.end && done.end->why == AskingEnd::Why::kTrouble) return ExitCode::kInternal;
  if (done.conforms()) return ExitCode::kGood;
  if (done.end && done.end->why == AskingEnd::Why::kProgram && done.counts.answered == 0)
    return ExitCode::kNothing;
  const bool is_late = done.learned.guarantee.is_budget_used ||
                       (done.end && done.end->why == AskingEnd::Why::kTimeOver);
  return is_late ? ExitCode::kInterrupted : ExitCode::kFailed;
}

ExitCode learn_program(const LearnCommand& command, const RunPlan& plan,
                       const SaidAlphabet& alphabet, const StartableProgram& program,
                       Console& console) {
  const ExplorationSettings settings{.alphabet = alphabet,
                                     .seed = plan.options.seed,
                                     .jobs = program.jobs,
                                     .time = to_time(command.time_s),
                                     .extra_states = command.extra_states};
  const auto signatures = make_learned_signatures(plan.options.profile);
  const Exploration done =
      plan.options.role == chat::Role::kServer
          ? explore_server(program.source, settings, program.interrupt)
          : explore_client(client_source_of(program, signatures), settings, program.interrupt);
  const ExplorationTitle title = say_title("learn", plan, program, console);
  console.say(render_exploration(done, command.run.verbose ? done.findings.size() : kMostShown,
                                 console.report_columns()));
  if (const auto written = write_files(command, title, done); !written) {
    console.complain(written.error());
    return ExitCode::kInternal;
  }
  if (!command.out.empty() && !done.findings.empty())
    console.say(fmt::format("{}/ has a scenario for each: chatspec run {}/FILE.chat --{} …\n",
                            chat::escape_bytes(command.out), chat::escape_bytes(command.out),
                            chat::to_string(title.role)));
  return exit_code_of(done);
}

ExitCode learn(LearnCommand& command, CLI::App& app, Console& console) {
  const auto refuse = [&](const std::string& message) {
    console.complain(message);
    return ExitCode::kUsage;
  };
  // Options are read into `command`, also from a file.
  auto plan =
      plan_exploring(command.run, app, "learned",
                     std::array{NamedFile{"--dot", command.dot}, NamedFile{"--html", command.html},
                                NamedFile{"--json", command.json}});
  if (!plan) return refuse(plan.error());
  if (const auto fits = check_can_be_folder({"--out", command.out}); !fits)
    return refuse(fits.error());
  if (plan->options.role == chat::Role::kClient && !plan->options.profile.has_line_ends())
    return refuse(fmt::format(
        "--profile {}: without line ends, a client takes what one receive carries for a "
        "reply; learning one takes a profile with line ends",
        plan->options.profile.name));
  const auto alphabet = choose_alphabet(command, plan->options);
  if (!alphabet) return refuse(alphabet.error());
  const auto start = plan_search_start(command.search, command.run, *plan);
  if (!start) return refuse(start.error());
  return explore_program(
      command.run, *plan, console,
      [&](const StartableProgram& program) {
        return learn_program(command, *plan, *alphabet, program, console);
      },
      *start);
}

constexpr std::string_view kLearnHelp =
    "It says words of symbols to the program, and learns what it answers to all of them. To a "
    "server "
    "it\n"
    "says\n"
    "\n"
    "{}"
    "\n"
    "and to a client\n"
    "\n"
    "{}"
    "\n"
    "Examples:\n"
    "  chatspec learn --server 'python3 server.py {{port}} {{keys}}'\n"
    "  chatspec learn --server './server {{port}} {{keys}}' --html machine.html --out findings\n"
    "  chatspec run findings/*.chat --server './server {{port}} {{keys}}'\n"
    "  chatspec learn --client './client {{host}} {{port}} {{messages}} {{signatures}}'\n"
    "\n"
    "Exit status: 0 the machine is the protocol's, 1 it differs, or it could be asked no longer,\n"
    "2 interrupted, or the time was over, 3 internal error, 4 wrong command line,\n"
    "5 the program could not be asked, 6 it could not be built.";

}  // namespace

void add_learn_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "learn",
      "Learn the state machine of a server or a client, and show where it is not the protocol's");
  auto options = std::make_shared<LearnCommand>();
  options->run.add_program_to(*command);
  command->add_option("--alphabet", options->alphabet,
                      "What to say, by names between commas or blanks; all for all there is");
  command->add_option("--time", options->time_s, "Ask nothing more after SECONDS")
      ->type_name("SECONDS")
      ->capture_default_str()
      ->check(seconds(0.01, 604'800));
  command
      ->add_option(
          "--extra-states", options->extra_states,
          "Find out a program that has up to so many states more than are known; each more "
          "takes some six times as long")
      ->type_name("NUMBER")
      ->capture_default_str()
      ->check(whole_number(0, 4));
  add_fork_at_accept(*command, options->search);
  command->add_option("--dot", options->dot, "Draw both machines for Graphviz, into this file")
      ->type_name("FILE")
      ->check(path_of_file());
  command->add_option("--html", options->html, "Show them on a page")
      ->type_name("FILE")
      ->check(path_of_file());
  command->add_option("--json", options->json, "Tell them to programs")
      ->type_name("FILE")
      ->check(path_of_file());
  command
      ->add_option("--out", options->out, "Write a scenario for each difference into this folder")
      ->type_name("DIR")
      ->check(path_of_folder());
  command->add_flag("-v,--verbose", options->run.verbose, "Tell every difference");
  command->footer(fmt::format(kLearnHelp, describe_alphabet(chat::Role::kClient),
                              describe_alphabet(chat::Role::kServer)));
  command->callback([&chosen, options, command] {
    chosen = [options, command](Console& console) { return learn(*options, *command, console); };
  });
}

}  // namespace chatspec
