#include "harness/cli/grid_play.h"

#include <exception>
#include <mutex>

#include <fmt/format.h>

#include "harness/cli/parallel.h"
#include "harness/grid/relay/pair_player.h"
#include "harness/report/printable.h"
#include "harness/runs/case_runner.h"

namespace chatspec {
namespace {

PlayedPair make_remark(PairOutcome outcome, std::string_view why) {
  return {.verdict = {.outcome = outcome, .remark = one_line(why)}};
}

// Why a pair is not played, because of one of its programs; "" for no reason.
std::string find_trouble(const GridProgram& client, const GridProgram& server) {
  if (!client.trouble.empty()) return "the client: " + client.trouble;
  if (!server.trouble.empty()) return "the server: " + server.trouble;
  return {};
}

class PairRunner {
 public:
  explicit PairRunner(const GridPlay& play)
      : play_(play), materials_(make_pair_materials(play.profile, play.seed)) {}

  // Once more where it could not be told what one of them was doing. What a library throws, for
  // want of memory above all, costs this pair only.
  PlayedPair run(const GridProgram& client, const GridProgram& server) const {
    if (const std::string trouble = find_trouble(client, server); !trouble.empty())
      return make_remark(PairOutcome::kNotPlayed, trouble);
    try {
      PlayedPair pair = play_once(client, server);
      const bool is_unknown = pair.verdict.outcome == PairOutcome::kUnknown;
      return is_unknown && !play_.interrupt.requested() ? play_once(client, server) : pair;
    } catch (const std::exception& failure) {
      return make_remark(PairOutcome::kUnknown, failure.what());
    }
  }

 private:
  PlayedPair play_once(const GridProgram& client, const GridProgram& server) const {
    const std::uint64_t seed =
        seed_of_case(play_.seed, fmt::format("{} {}", client.name, server.name));
    auto client_cell = client.cells->open(Role::kClient, seed);
    if (!client_cell) return make_remark(PairOutcome::kUnknown, client_cell.error().message);
    auto server_cell = server.cells->open(Role::kServer, seed);
    if (!server_cell) return make_remark(PairOutcome::kUnknown, server_cell.error().message);
    const PairTranscript transcript =
        play_pair({**client_cell, client.plan->command}, {**server_cell, server.plan->command},
                  play_.profile, materials_, play_.clock);
    return {.verdict = judge_pair(play_.profile, materials_, transcript),
            .record = make_pair_record(play_.profile, transcript)};
  }

  const GridPlay& play_;
  PairMaterials materials_;
};

}  // namespace

PlayedGrid play_grid(const GridPlay& play,
                     const std::function<void(const PlayedGrid&, std::size_t)>& on_pair) {
  const auto& clients = play.programs.clients();
  const auto& servers = play.programs.servers();
  PlayedGrid grid{.profile = play.profile.name,
                  .isolation = std::string(play.programs.isolation()),
                  .seed = play.seed};
  for (const GridProgram& one : clients) grid.clients.push_back(one.name);
  for (const GridProgram& one : servers) grid.servers.push_back(one.name);
  grid.pairs.resize(clients.size() * servers.size(),
                    make_remark(PairOutcome::kNotPlayed, "interrupted before it was played"));
  const PairRunner runner(play);
  std::mutex mutex;
  run_in_parallel(grid.pairs.size(), play.jobs, play.interrupt, [&](std::size_t i) {
    PlayedPair pair = runner.run(clients[i / servers.size()], servers[i % servers.size()]);
    const std::lock_guard lock(mutex);
    grid.pairs[i] = std::move(pair);
    on_pair(grid, i);
  });
  return grid;
}

}  // namespace chatspec
