// fuzz: says to a server or a client what was changed at random, and tells what it answers
// otherwise than the protocol allows. What starts and isolates it is as for `run`, whose arguments
// are taken.

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/named_files.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/explore/explore_commands.h"
#include "harness/cli/explore/exploring.h"
#include "harness/cli/explore/fuzz_folder.h"
#include "harness/cli/explore/search_options.h"
#include "harness/cli/options/suite_location.h"
#include "harness/cli/options/validators.h"
#include "harness/explore/fuzz/server_speaker.h"
#include "harness/explore/fuzz_report.h"
#include "harness/explore/fuzzing.h"
#include "harness/explore/protocol/client_seeds.h"
#include "harness/explore/protocol/fuzz_seeds.h"
#include "harness/script/byte_stream.h"
#include "harness/suite/case.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostFindingsShown = 20;
constexpr double kDefaultFuzzSeconds = 60;

struct FuzzCommand {
  RunArguments run;
  double time_s = kDefaultFuzzSeconds;
  std::optional<std::uint64_t> conversations;
  std::vector<std::string> corpora;   // folders
  std::vector<std::string> accepted;  // files and folders
  std::string out;                    // a folder
  std::string json;                   // a file; "" for none
  bool without_suite = false;
  bool fail_fast = false;
  SearchOptions search;
};

// What a case says to a server; to a client, all is well with its messages.
std::vector<SaidConversation> take_case(const Script& script) {
  if (script.role == chat::Role::kClient)
    return make_message_seeds(script.profile, script.materials.messages);
  std::vector<SaidConversation> seeds;
  for (const std::string& bytes : export_bytes(script)) {
    const auto said = make_byte_seeds(script.profile, bytes, kFuzzKeys);
    seeds.insert(seeds.end(), said.begin(), said.end());
  }
  return seeds;
}

// What the suite's scenarios say; nothing where there is no suite.
std::vector<SaidConversation> take_suite(const ScriptOptions& options, Console& console) {
  std::vector<SaidConversation> seeds;
  if (!find_own_suite()) return seeds;
  const auto wanted = load_wanted({}, "", console);
  if (!wanted) return seeds;
  for (const Case& one : list_cases(wanted->suite)) {
    if (!one.has_role(options.role) || !one.applies_to(options.profile)) continue;
    for (SaidConversation& said : take_case(make_script(one.scenario, one.id, options))) {
      if (std::ranges::find(seeds, said) == seeds.end()) seeds.push_back(std::move(said));
    }
  }
  return seeds;
}

// All that the command line names besides the program.
struct FuzzInputs {
  FuzzSettings settings{};
  std::optional<FuzzFolder> folder{};
};

// The error is a sentence.
std::expected<FuzzInputs, std::string> read_inputs(const FuzzCommand& command, const RunPlan& plan,
                                                   Console& console) {
  const Spoken spoken{.role = plan.options.role, .profile = plan.options.profile};
  FuzzInputs inputs;
  FuzzSettings& settings = inputs.settings;
  settings.seed = plan.options.seed;
  settings.time = to_time(command.time_s);
  settings.most_conversations = command.conversations;
  if (command.fail_fast) settings.most_findings = 1;
  if (!command.out.empty()) {
    auto folder = FuzzFolder::open(command.out, spoken);
    if (!folder) return std::unexpected("--out: " + folder.error());
    inputs.folder = *std::move(folder);
    settings.known = inputs.folder->known();
    settings.corpus = inputs.folder->corpus();
  }
  for (const std::string& path : command.accepted) {
    const auto causes = read_causes(path);
    if (!causes) return std::unexpected("--accept: " + causes.error());
    settings.accepted.insert(causes->begin(), causes->end());
  }
  for (const std::string& path : command.corpora) {
    const auto corpus = read_corpus(path, spoken);
    if (!corpus) return std::unexpected("--corpus: " + corpus.error());
    settings.corpus.insert(settings.corpus.end(), corpus->begin(), corpus->end());
  }
  if (!command.without_suite) {
    const auto suite = take_suite(
        {.role = spoken.role, .profile = spoken.profile, .seed = settings.seed}, console);
    settings.corpus.insert(settings.corpus.end(), suite.begin(), suite.end());
  }
  return inputs;
}

// Writes down what is found when it is found, so that nothing is lost.
class FuzzKeeper {
 public:
  FuzzKeeper(const chat::Profile& profile, std::optional<FuzzFolder>& folder, Console& console)
      : profile_(profile), folder_(folder), console_(console) {}

  FuzzListener listener() {
    return {.on_progress = [this](const FuzzProgress& progress) { show(progress); },
            .on_finding = [this](const FuzzFinding& finding) { keep(finding); },
            .on_novelty =
                [this](const SaidConversation& said) {
                  if (folder_) note(folder_->add(said));
                }};
  }

  // Of each finding, the worst first.
  std::vector<ToldFinding> tell(const Fuzzed& done) const {
    std::vector<ToldFinding> told;
    for (const FuzzFinding& finding : done.findings) {
      const auto kept = std::ranges::find_if(
          kept_, [&](const ToldFinding& one) { return one.finding.said == finding.said; });
      told.push_back({.finding = finding, .file = kept == kept_.end() ? "" : kept->file});
    }
    return told;
  }

  void clear_line() const {
    if (console_.can_rewrite_line()) console_.warn("\r\x1b[K");
  }
  // A sentence about what could not be written.
  const std::optional<std::string>& trouble() const { return trouble_; }

 private:
  void show(const FuzzProgress& progress) const {
    if (console_.can_rewrite_line())
      console_.warn("\r\x1b[K" + render_fuzz_progress(progress, console_.columns()));
  }

  void keep(const FuzzFinding& finding) {
    ToldFinding told{.finding = finding, .file = ""};
    if (folder_) {
      auto file = folder_->add(profile_, finding);
      if (file) told.file = chat::escape_bytes(*file);
      if (!file) note(std::unexpected(file.error()));
    }
    clear_line();
    console_.warn(fmt::format("found: {}\n", chatspec::tell(profile_, finding)));
    kept_.push_back(std::move(told));
  }

  void note(const std::expected<void, std::string>& written) {
    if (!written && !trouble_) trouble_ = written.error();
  }

  const chat::Profile& profile_;
  std::optional<FuzzFolder>& folder_;
  Console& console_;
  std::vector<ToldFinding> kept_;
  std::optional<std::string> trouble_;
};

ExitCode exit_code_of(const Fuzzed& done) {
  if (done.end && done.end->why == AskingEnd::Why::kInterrupted) return ExitCode::kInterrupted;
  if (!done.findings.empty() || !done.known_seen.empty()) return ExitCode::kFailed;
  // Something was otherwise, and nobody knows whether it is wrong.
  if (!done.end && !done.is_clear()) return ExitCode::kInterrupted;
  if (!done.end) return ExitCode::kGood;
  switch (done.end->why) {
    case AskingEnd::Why::kInterrupted:
    case AskingEnd::Why::kTimeOver:
      return ExitCode::kInterrupted;
    case AskingEnd::Why::kProgram:
      return done.counts.answered == 0 ? ExitCode::kNothing : ExitCode::kFailed;
    case AskingEnd::Why::kTrouble:
      return ExitCode::kInternal;
  }
  return ExitCode::kInternal;
}

ExitCode fuzz_program(const FuzzCommand& command, const RunPlan& plan, FuzzInputs& inputs,
                      const StartableProgram& program, Console& console) {
  const chat::Profile& profile = plan.options.profile;
  inputs.settings.jobs = program.jobs;
  const ExplorationTitle title = say_title("fuzz", plan, program, console);
  FuzzKeeper keeper(profile, inputs.folder, console);
  const auto signatures = make_said_signatures(profile);
  const Fuzzed done =
      title.role == chat::Role::kServer
          ? fuzz_server(program.source, inputs.settings, keeper.listener(), program.interrupt)
          : fuzz_client(client_source_of(program, signatures), inputs.settings, keeper.listener(),
                        program.interrupt);
  keeper.clear_line();
  const auto told = keeper.tell(done);
  console.say(render_fuzzed(profile, done, told,
                            command.run.verbose ? told.size() : kMostFindingsShown,
                            console.report_columns()));
  auto trouble = keeper.trouble();
  if (!command.json.empty()) {
    const auto written =
        write_whole_file(command.json, render_fuzzed_json(profile, done, told, title));
    if (!written) trouble = written.error();
  }
  if (!trouble) return exit_code_of(done);
  console.complain(*trouble);
  return ExitCode::kInternal;
}

ExitCode fuzz(FuzzCommand& command, CLI::App& app, Console& console) {
  const auto refuse = [&](const std::string& message) {
    console.complain(message);
    return ExitCode::kUsage;
  };
  // Options are read into `command`, also from a file.
  auto plan =
      plan_exploring(command.run, app, "fuzzed", std::array{NamedFile{"--json", command.json}});
  if (!plan) return refuse(plan.error());
  if (!plan->options.profile.has_line_ends())
    return refuse(
        fmt::format("--profile {}: without line ends, nobody can say where what was changed ends; "
                    "fuzzing takes a profile with line ends",
                    plan->options.profile.name));
  const auto start = plan_search_start(command.search, command.run, *plan);
  if (!start) return refuse(start.error());
  if (!command.out.empty()) {
    if (const auto made = FuzzFolder::make(command.out); !made) {
      console.complain("--out: " + made.error().message);
      return made.error().code;
    }
  }
  auto inputs = read_inputs(command, *plan, console);
  if (!inputs) return refuse(inputs.error());
  return explore_program(
      command.run, *plan, console,
      [&](const StartableProgram& program) {
        return fuzz_program(command, *plan, *inputs, program, console);
      },
      *start);
}

constexpr std::string_view kFuzzHelp =
    "It changes conversations at random (lines, bytes, their order, where TCP cuts them, how they "
    "end),\n"
    "says one side of them to the server or the client, and holds each answer against the "
    "protocol's. What\n"
    "differs is made as short as it can be, and played again by 20 fresh programs.\n"
    "\n"
    "Examples:\n"
    "  chatspec fuzz --server 'python3 server.py {port} {keys}'\n"
    "  chatspec fuzz --client './client {host} {port} {messages} {signatures}' --time 300\n"
    "  chatspec fuzz --time 600 --out findings --server './server {port} {keys}'\n"
    "  chatspec run findings/*.chat --server './server {port} {keys}'\n"
    "  chatspec fuzz --accept findings/01-state-2-nothing.chat --server './server {port} {keys}'\n"
    "\n"
    "Exit status: 0 nothing was found, 1 something was, also what --out has already, or it could\n"
    "be asked no longer, 2 interrupted, the time was over before it was asked, or something was\n"
    "seen and not again, or not looked at before the end, 3 internal error,\n"
    "4 wrong command line, 5 the program could not be asked, 6 it could not be built.";

}  // namespace

void add_fuzz_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "fuzz",
      "Say to a server or a client what it does not expect, and show where it leaves the protocol");
  auto options = std::make_shared<FuzzCommand>();
  options->run.add_program_to(*command);
  command->add_option("--time", options->time_s, "Try nothing more after SECONDS")
      ->type_name("SECONDS")
      ->capture_default_str()
      ->check(seconds(0.01, 604'800));
  command
      ->add_option("--conversations", options->conversations,
                   "Try nothing more after NUMBER conversations")
      ->type_name("NUMBER")
      ->check(whole_number(1));
  command
      ->add_option(
          "--corpus", options->corpora,
          "Begin with what the files of this folder say: to a server a client's bytes, such "
          "as those of a fuzzer; for a client they are messages; may be repeated")
      ->type_name("DIR")
      ->check(CLI::ExistingDirectory);
  command
      ->add_option("--out", options->out,
                   "Write a scenario for each finding into this folder, and go on from what is "
                   "there")
      ->type_name("DIR")
      ->check(path_of_folder());
  command
      ->add_option("--accept", options->accepted,
                   "Do not tell what this scenario, or those of this folder, tell of; may be "
                   "repeated")
      ->type_name("FILE");
  command->add_flag("--without-suite", options->without_suite,
                    "Do not begin with what the scenarios of the suite say");
  command->add_flag("--fail-fast", options->fail_fast, "Try nothing more after the first finding");
  add_fork_at_accept(*command, options->search);
  add_coverage(*command, options->search);
  command->add_option("--json", options->json, "Tell them to programs")
      ->type_name("FILE")
      ->check(path_of_file());
  command->add_flag("-v,--verbose", options->run.verbose, "Tell every finding");
  command->footer(std::string(kFuzzHelp));
  command->callback([&chosen, options, command] {
    chosen = [options, command](Console& console) { return fuzz(*options, *command, console); };
  });
}

}  // namespace chatspec
