#include "harness/cli/grid/grid_play.h"

#include <exception>
#include <mutex>

#include <fmt/format.h>

#include "harness/grid/relay/pair_player.h"
#include "harness/report/text/clean_text.h"
#include "harness/runs/case_runner.h"
#include "harness/runs/parallel.h"

namespace chatspec {
namespace {

PlayedPair make_remark(PairOutcome outcome, std::string_view why) {
  return {.verdict = {.outcome = outcome, .remark = one_line(why)}};
}

// Whether the machine may be to blame for what came of a pair, or we.
bool is_to_be_played_again(const PairVerdict& verdict) {
  return verdict.rests_on_time || verdict.outcome == PairOutcome::kUnknown;
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

  // What a library throws, for want of memory above all, costs this pair only.
  PlayedPair run(std::size_t place) const {
    const std::vector<GridProgram>& servers = play_.programs.servers();
    const GridProgram& client = play_.programs.clients()[place / servers.size()];
    const GridProgram& server = servers[place % servers.size()];
    if (const std::string trouble = find_trouble(client, server); !trouble.empty())
      return make_remark(PairOutcome::kNotPlayed, trouble);
    try {
      return play_in_cells(client, server);
    } catch (const std::exception& failure) {
      return make_remark(PairOutcome::kUnknown, failure.what());
    }
  }

 private:
  PlayedPair play_in_cells(const GridProgram& client, const GridProgram& server) const {
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
  PlayedGrid grid{.profile = play.profile.name,
                  .isolation = std::string(play.programs.isolation()),
                  .seed = play.seed};
  for (const GridProgram& one : play.programs.clients()) grid.clients.push_back(one.name);
  for (const GridProgram& one : play.programs.servers()) grid.servers.push_back(one.name);
  grid.pairs.resize(grid.clients.size() * grid.servers.size(),
                    make_remark(PairOutcome::kNotPlayed, "interrupted before it was played"));
  const PairRunner runner(play);
  std::mutex mutex;
  run_in_parallel(grid.pairs.size(), play.jobs, play.interrupt, [&](std::size_t place) {
    PlayedPair pair = runner.run(place);
    const std::lock_guard lock(mutex);
    grid.pairs[place] = std::move(pair);
    on_pair(grid, place);
  });
  for (std::size_t place = 0; place < grid.pairs.size() && !play.interrupt.requested(); ++place) {
    if (!is_to_be_played_again(grid.pairs[place].verdict)) continue;
    PlayedPair pair = runner.run(place);
    if (play.interrupt.requested()) break;  // the former one says more
    grid.pairs[place] = std::move(pair);
    on_pair(grid, place);
  }
  return grid;
}

}  // namespace chatspec
