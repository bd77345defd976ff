#include "harness/cli/explore/exploring.h"

#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cell/process/build.h"
#include "harness/cli/run/cell_supply.h"
#include "harness/cli/run/configuration.h"
#include "harness/cli/run/run_configuration.h"
#include "harness/explore/protocol/reference_server.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

// Most of a conversation is waiting.
constexpr std::size_t kConversationsPerProcessor = 4;

// Why the program could not be built; nothing where it was, or was not to be.
std::optional<std::string> build_program(const RunArguments& arguments, RunPlan& plan,
                                         CellSupply& supply) {
  if (!supply.builder || arguments.build.empty()) return std::nullopt;
  const BuildResult result = build(*supply.builder, arguments.build, *plan.program->folder);
  if (result.outcome == BuildResult::Outcome::kBuilt) return std::nullopt;
  return fmt::format("--build: {}", result.message);
}

}  // namespace

std::expected<RunPlan, std::string> plan_exploring(RunArguments& arguments, CLI::App& app,
                                                   std::string_view done_to_it,
                                                   std::span<const NamedFile> results) {
  if (const auto configuration = add_configuration(arguments, app); !configuration)
    return std::unexpected(configuration.error());
  if (arguments.server.empty() && arguments.client.empty())
    return std::unexpected(
        fmt::format("--server or --client: a program is {}, and none is named", done_to_it));
  if (arguments.profile == kAutomaticProfile)
    return std::unexpected("--profile auto: say in which profile to ask");
  if (const auto once = check_named_once(results); !once) return std::unexpected(once.error());
  if (const auto can_be = check_can_be_written(results); !can_be)
    return std::unexpected(can_be.error());
  return make_plan(arguments);
}

ClientSource client_source_of(const StartableProgram& program,
                              std::span<const std::string> signatures) {
  const ServerSource& source = program.source;
  return {.cells = source.cells,
          .command = source.command,
          .profile = source.profile,
          .signatures = signatures,
          .clock = source.clock,
          .start = source.start};
}

ExitCode explore_program(const RunArguments& arguments, RunPlan& plan, Console& console,
                         const std::function<ExitCode(const StartableProgram& program)>& work,
                         const SearchStart& start) {
  Interrupt interrupt;
  const InterruptSignals signals(interrupt);
  const SteadyClock clock;
  auto supply = supply_cells(arguments, plan, {interrupt, clock, plan.patience});
  if (!supply) {
    console.complain(supply.error());
    return ExitCode::kUsage;
  }
  if (const auto unbuilt = build_program(arguments, plan, *supply)) {
    console.complain(*unbuilt);
    return ExitCode::kNotBuilt;
  }
  const std::vector<std::string> keys = make_exploring_keys(plan.options.seed);
  return work(
      {.source = {.cells = *supply->factory,
                  .command = plan.program->command,
                  .profile = plan.options.profile,
                  .keys = keys,
                  .clock = clock,
                  .start = start},
       .interrupt = interrupt,
       .jobs = arguments.jobs > 0 ? arguments.jobs : plan.options.jobs * kConversationsPerProcessor,
       .isolation = std::string(supply->factory->isolation())});
}

ExplorationTitle say_title(std::string_view command, const RunPlan& plan,
                           const StartableProgram& program, Console& console) {
  ExplorationTitle title{.role = plan.options.role,
                         .name = plan.name,
                         .profile = plan.options.profile.name,
                         .isolation = program.isolation,
                         .seed = plan.options.seed};
  console.say(fmt::format("chatspec {}: {}, profile {}, isolation {}, seed {}\n\n", command,
                          chat::escape_bytes(title.name), title.profile, title.isolation,
                          title.seed));
  return title;
}

std::chrono::nanoseconds to_time(double seconds) {
  return std::chrono::milliseconds(static_cast<long>(seconds * 1000));
}

}  // namespace chatspec
