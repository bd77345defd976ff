#include "harness/runs/case_runner.h"

#include <algorithm>
#include <exception>

#include <fmt/format.h>

#include "harness/play/player.h"
#include "harness/runs/remote_limits.h"
#include "reference/signature.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

Appearance find_appearance(const Script& script, const Transcript& transcript,
                           const Judgement& judgement) {
  const auto& events = transcript.events();
  const bool seen = std::ranges::any_of(events, [](const Event& event) {
    return event.kind == EventKind::kListening || event.kind == EventKind::kConnected;
  });
  if (seen) return Appearance::kSeen;
  const bool given_right = script.materials.arguments.empty() && !script.materials.shapes_key_file;
  const bool in_vain =
      judgement.failure && (judgement.failure->code == FailureCode::kNeverListened ||
                            judgement.failure->code == FailureCode::kNoConnection);
  return given_right && in_vain ? Appearance::kInVain : Appearance::kNotAsked;
}

// Why the client cannot find us at the host that the scenario has it told, or "".
std::string find_obstacle_of_host(const Script& script, const Cell& cell) {
  const auto host = script.materials.arguments.find("host");
  if (host == script.materials.arguments.end() || !host->second) return {};
  const bool connects = std::ranges::none_of(script.steps, [](const Step& step) {
    return step.action == Action::kExpect && step.alternatives.front().kind == ItemKind::kNothing;
  });
  const std::string obstacle = connects ? cell.obstacle_to_host(*host->second) : "";
  if (obstacle.empty()) return {};
  return fmt::format("a client that is told {} does not find chatspec there: {}",
                     chat::quote(*host->second), obstacle);
}

}  // namespace

std::uint64_t seed_of_case(std::uint64_t seed, std::string_view id) {
  const std::string digest = chat::sha256_hex(fmt::format("{} {} cell", seed, id));
  return std::stoull(digest.substr(0, 16), nullptr, 16);
}

CaseResult CaseRunner::run(const Case& played) const {
  try {
    return run_segmented(played);
  } catch (const std::exception& failure) {
    return {.played = &played, .judgement = make_error(failure.what())};
  }
}

CaseResult CaseRunner::run_segmented(const Case& played) const {
  const Script script =
      make_script(played.scenario, played.id,
                  {options_.role, options_.profile, options_.seed, options_.remote_keys});
  if (!options_.command) {
    if (std::string obstacle = obstacle_of_remote(script, options_.remote_keys); !obstacle.empty())
      return make_skipped(played, {.kind = SkipKind::kRemote, .sentence = std::move(obstacle)});
  }
  const Segmented segmented = segment(script, options_.segmentation);
  CaseResult result = play_once(played, segmented.script, {.segmentation = options_.segmentation});
  const bool good = result.judgement.verdict <= Verdict::kDeviates;
  if (options_.segmentation == Segmentation::kUnits || is_out_of_reach(result.judgement) ||
      result.judgement.verdict == Verdict::kError) {
    return result;
  }
  if (good) return play_cuts(played, segmented, std::move(result));
  result.circumstances.otherwise = play_once(played, script, {}).judgement.verdict;
  judge_again(result);
  return result;
}

// Once more where it could not be told what the program was doing.
CaseResult CaseRunner::play_once(const Case& played, const Script& script,
                                 const Circumstances& circumstances) const {
  CaseResult result = play_in_cell(played, script, circumstances);
  return result.judgement.is_unknown && !interrupt_.requested()
             ? play_in_cell(played, script, circumstances)
             : result;
}

CaseResult CaseRunner::play_in_cell(const Case& played, const Script& script,
                                    const Circumstances& circumstances) const {
  const TimePoint begin = clock_.now();
  auto cell = cells_.open(options_.role, seed_of_case(options_.seed, played.id));
  if (!cell) return {.played = &played, .judgement = make_error(cell.error().message)};
  if (std::string obstacle = find_obstacle_of_host(script, **cell); !obstacle.empty())
    return make_skipped(played, {.kind = SkipKind::kOutOfReach, .sentence = std::move(obstacle)});
  CaseResult result{.played = &played, .role = options_.role, .script = script};
  result.transcript = play(script, **cell, options_.command, clock_);
  result.circumstances = circumstances;
  judge_again(result);
  result.duration = clock_.now() - begin;
  result.appearance = find_appearance(script, result.transcript, result.judgement);
  result.folder = (*cell)->folder().string();
  return result;
}

// Cuts in turn until one makes a difference.
CaseResult CaseRunner::play_cuts(const Case& played, const Segmented& segmented,
                                 CaseResult whole) const {
  const Verdict verdict = whole.judgement.verdict;
  for (const Cut& cut : segmented.cuts) {
    if (interrupt_.requested()) break;
    CaseResult result =
        play_once(played, with_cut(segmented.script, cut),
                  {.segmentation = Segmentation::kCuts, .cut = cut, .otherwise = verdict});
    result.duration += whole.duration;
    if (is_worse(result.judgement.verdict, verdict)) return result;
    whole.duration = result.duration;
  }
  return whole;
}

}  // namespace chatspec
