// grid: every client against every server, into a folder of results.

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <random>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cell/folders/remove_folder.h"
#include "harness/cli/console/made_folder.h"
#include "harness/cli/grid/grid_commands.h"
#include "harness/cli/grid/grid_play.h"
#include "harness/cli/grid/grid_roster.h"
#include "harness/cli/options/report_style.h"
#include "harness/cli/options/validators.h"
#include "harness/grade/workers/grading_folder.h"
#include "harness/grid/grid_page.h"
#include "harness/grid/grid_tables.h"
#include "harness/grid/grid_text.h"
#include "harness/report/reproduction/pcap.h"
#include "harness/report/text/clean_text.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// So many deadlines are enough for a pair, as far as it is up to the programs.
constexpr int kDeadlinesOfPair = 12;
constexpr std::chrono::minutes kLeastOfPair{1};

struct GridCommand {
  std::string grid;
  std::vector<std::string> submissions;
  std::string out;
  std::string isolation;
  std::size_t jobs = 0;  // as many as there are processors
  std::optional<std::uint64_t> seed;
};

// The folder for results, which must be empty, with those within it.
std::expected<fs::path, FolderTrouble> make_results_folder(const GridCommand& command) {
  std::error_code failure;
  const fs::path out = fs::absolute(command.out, failure);
  if (auto made = make_folder(out); !made) return std::unexpected(std::move(made.error()));
  if (!fs::is_empty(out, failure) && !failure)
    return std::unexpected(FolderTrouble{
        .message =
            fmt::format("{}: expected an empty folder, or none, to write results to", command.out),
        .code = ExitCode::kUsage});
  for (const char* inner : {"pairs", "unpacked"}) {
    if (auto made = make_folder(out / inner); !made)
      return std::unexpected(std::move(made.error()));
  }
  return out;
}

Patience make_patience(const Grid& grid) {
  const std::chrono::milliseconds deadline = grid.deadline;
  Patience patience{.answer = deadline, .start = 2 * deadline};
  patience.silence = std::min(patience.silence, deadline);
  patience.whole = std::max<std::chrono::milliseconds>(kLeastOfPair, kDeadlinesOfPair * deadline);
  return patience;
}

// What of a folder of results could not be written is told once.
class ResultWriter {
 public:
  ResultWriter(fs::path out, Console& console) : out_(std::move(out)), console_(console) {}

  void write(const std::string& name, std::string_view bytes) {
    const auto written = replace_file(out_ / name, bytes, Durability::kMadeAgain);
    if (written || !std::exchange(is_kept_, false)) return;
    console_.complain(written.error());
  }
  bool is_kept() const { return is_kept_; }

 private:
  fs::path out_;
  Console& console_;
  bool is_kept_ = true;
};

void show_progress(const PlayedGrid& grid, std::size_t done, std::size_t place, Console& console) {
  const std::size_t servers = grid.servers.size();
  const bool is_again = done > grid.pairs.size();
  const std::string line =
      fmt::format("{}client {}, server {}: {}",
                  is_again ? "again, alone: " : fmt::format("{}/{}  ", done, grid.pairs.size()),
                  grid.clients[place / servers], grid.servers[place % servers],
                  word_of(grid.pairs[place].verdict.outcome).word);
  console.warn(console.can_rewrite_line() ? "\r\x1b[K" + line.substr(0, console.columns() - 1)
                                          : line + "\n");
}

// What keeps programs from being played, which is the work of whoever wrote the file, or handed in.
void tell_troubles(const GridCommand& command, const GridRoster& roster,
                   const GridPrograms& programs, Console& console) {
  for (const std::string& one : roster.left_out)
    console.warn(fmt::format("left out: {}\n", one_line(one)));
  for (const auto* of_role : {&programs.servers(), &programs.clients()}) {
    for (const GridProgram& program : *of_role) {
      if (program.trouble.empty()) continue;
      const auto one =
          std::ranges::find(roster.grid.implementations, program.name, &GridImplementation::name);
      const std::string place =
          one->line > 0 ? fmt::format("{}:{}: ", command.grid, one->line) : "";
      console.complain(fmt::format("{}{}: {}", place, program.name, program.trouble));
    }
  }
}

ExitCode exit_code_of(const PlayedGrid& grid, const Interrupt& interrupt) {
  if (interrupt.requested()) return ExitCode::kInterrupted;
  if (std::ranges::any_of(grid.pairs, [](const PlayedPair& pair) {
        return pair.verdict.outcome == PairOutcome::kUnknown;
      }))
    return ExitCode::kInternal;
  return count_getting_on(grid) == grid.pairs.size() ? ExitCode::kGood : ExitCode::kFailed;
}

PlayedGrid play(const GridPlay& play, ResultWriter& results, Console& console) {
  std::size_t done = 0;
  PlayedGrid grid = play_grid(play, [&](const PlayedGrid& so_far, std::size_t place) {
    const PairRecord& record = so_far.pairs[place].record;
    const std::size_t servers = so_far.servers.size();
    if (!record.played.events.empty())
      results.write(pcap_name(so_far.clients[place / servers], so_far.servers[place % servers]),
                    make_pcap(record.run, record.played));
    show_progress(so_far, ++done, place, console);
  });
  if (console.can_rewrite_line()) console.warn("\r\x1b[K");
  return grid;
}

ExitCode run_grid(const GridCommand& command, const fs::path& out, Console& console) {
  const auto fail = [&](const std::string& message) {
    console.complain(message);
    return ExitCode::kUsage;
  };
  auto roster = call_roster(command.grid, command.submissions, out / "unpacked");
  if (!roster) return fail(roster.error());
  const auto has = [&](Role role) {
    return std::ranges::any_of(roster->grid.implementations,
                               [role](const auto& one) { return !one.start(role).empty(); });
  };
  for (const Role role : {Role::kServer, Role::kClient}) {
    if (!has(role))
      return fail(fmt::format("{}: expected an implementation with a `{}`, there is none",
                              command.grid, chat::to_string(role)));
  }
  Interrupt interrupt;
  const InterruptSignals signals(interrupt);
  const SteadyClock clock;
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  const GridPrograms::Request request{
      .grid = roster->grid,
      .isolation = command.isolation.empty() ? roster->grid.isolation : command.isolation,
      .out = out,
      .jobs = command.jobs > 0 ? command.jobs : processors};
  auto programs = GridPrograms::make(request, {interrupt, clock, make_patience(roster->grid)});
  if (!programs) return fail(programs.error());
  if (!programs->note().empty())
    console.warn(fmt::format("note: {}\n", one_line(programs->note())));
  programs->prepare(request);
  tell_troubles(command, *roster, *programs, console);
  ResultWriter results(out, console);
  PlayedGrid grid = play({.profile = roster->profile,
                          .programs = *programs,
                          .clock = clock,
                          .interrupt = interrupt,
                          .seed = command.seed.value_or(std::random_device()()),
                          .jobs = request.jobs},
                         results, console);
  grid.title = roster->grid.title;
  results.write("grid.csv", render_grid_csv(grid));
  results.write("grid.json", render_grid_json(grid));
  results.write("grid.html", render_grid_page(grid));
  console.say(render_grid(grid, make_report_style(console)));
  console.say(fmt::format("{0}/grid.html has what was said, {0}/pairs the packets\n",
                          chat::escape_bytes(command.out)));
  return results.is_kept() ? exit_code_of(grid, interrupt) : ExitCode::kInternal;
}

ExitCode grid(const GridCommand& command, Console& console) {
  const auto out = make_results_folder(command);
  if (!out) {
    console.complain(out.error().message);
    return out.error().code;
  }
  const ExitCode code = run_grid(command, *out, console);
  remove_folder(*out / "unpacked");
  std::error_code in_use;
  if (fs::is_empty(*out / "pairs", in_use)) fs::remove(*out / "pairs", in_use);
  if (fs::is_empty(*out, in_use)) fs::remove(*out, in_use);
  return code;
}

constexpr std::string_view kGridHelp =
    "Examples:\n"
    "  chatspec grid grid.conf --out results\n"
    "  chatspec grid grid.conf submissions.zip --out results   # with `assignment FILE` in it\n"
    "\n"
    "A file says who joins, and with what; five lines are enough for each:\n"
    "\n"
    "  title           Spring\n"
    "  profile         line\n"
    "  implementation  team-a\n"
    "    folder        submissions/team-a\n"
    "    build         make\n"
    "    server        ./server {port} {keys}\n"
    "    client        ./client {host} {port} {messages} {signatures}\n"
    "  implementation  reference\n"
    "    server        chat-server {port} {keys}\n"
    "    client        chat-client {host} {port} {messages} {signatures}\n"
    "\n"
    "chatspec stands between the two, in a cell each, and hands on what they say.\n"
    "Exit status: 0 all get on, 1 some do not, 2 interrupted, 3 of some it cannot be told,\n"
    "4 a mistake in the file or the command line.";

}  // namespace

void add_grid_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("grid", "Play every client against every server: who gets on with whom");
  auto options = std::make_shared<GridCommand>();
  command->add_option("GRID", options->grid, "A file that says who joins; see below")->required();
  command->add_option("SUBMISSIONS", options->submissions,
                      "Folders and archives, as for `chatspec grade`, which join as the file's "
                      "`assignment` says they are built and started");
  command->add_option("--out", options->out, "The folder for results: empty, or not there yet")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("-j,--jobs", options->jobs,
                   "How many pairs to play at a time; as many as there are processors if not given")
      ->type_name("NUMBER")
      ->check(whole_number(1, 512));
  command
      ->add_option("--isolation", options->isolation,
                   "Where programs live: sandbox, isolated or plain; if neither this nor the file "
                   "says so, the sandbox where it works")
      ->check(CLI::IsMember({"sandbox", "isolated", "plain"}));
  command->add_option("--seed", options->seed, "For everything random; a fresh one if not given")
      ->type_name("NUMBER")
      ->check(whole_number());
  command->footer(std::string(kGridHelp));
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return grid(*options, console); };
  });
}

}  // namespace chatspec
