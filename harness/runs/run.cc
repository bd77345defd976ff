#include "harness/runs/run.h"

#include <algorithm>
#include <cassert>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "harness/play/player.h"
#include "harness/runs/remote_limits.h"
#include "harness/runs/remote_watch.h"
#include "reference/quote.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

CaseResult skipped(const Case& played, SkipReason reason) {
  return {.played = &played, .judgement = make_skipped(std::move(reason))};
}

bool is_out_of_reach(const Judgement& judgement) {
  return judgement.skip && is_out_of_reach(judgement.skip->kind);
}

// Whether what needs the case may be played: it went as written, a remark or two aside. A *should*
// that was not met deviates too, but then what builds on it would only tell the same again.
bool is_met(const Judgement& judgement) {
  return judgement.verdict <= Verdict::kDeviates && judgement.verdict != Verdict::kSkipped &&
         !judgement.failure;
}

// Gives up a program for which every further case would be waited in vain. Thread-safe.
class Patient {
 public:
  void look_at(CaseResult& result) {
    if (result.appearance == Appearance::kSeen) seen_ = true;
    if (result.appearance == Appearance::kInVain) ++in_vain_;
  }
  bool has_given_up() const { return !seen_ && in_vain_ >= kTries; }

 private:
  static constexpr int kTries = 2;
  std::atomic<bool> seen_ = false;
  std::atomic<int> in_vain_ = 0;
};

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

// Hands cases to workers, those first that others need.
class Schedule {
 public:
  explicit Schedule(const std::vector<Case>& cases) {
    for (const Case& one : cases) {
      waiting_.push_back(&one);
      ++open_[one.file->id];
    }
  }

  // The next case whose needs are settled, or null when none is left. Blocks while there are only
  // others.
  const Case* take() {
    std::unique_lock lock(mutex_);
    for (;;) {
      if (waiting_.empty() || stopped_) return nullptr;
      const auto ready =
          std::ranges::find_if(waiting_, [&](const Case* one) { return is_ready(*one); });
      if (ready != waiting_.end()) {
        const Case* taken = *ready;
        waiting_.erase(ready);
        return taken;
      }
      changed_.wait(lock);
    }
  }

  // The need that keeps a case from being played, or "".
  std::string unmet_need(const Case& one) {
    const std::lock_guard lock(mutex_);
    for (const std::string& need : one.needs()) {
      if (const auto unmet = unmet_.find(need); unmet != unmet_.end()) return need;
    }
    return {};
  }

  void settle(const CaseResult& result, const std::function<void(const CaseResult&)>& on_result) {
    const std::lock_guard lock(mutex_);
    const std::string& id = result.played->file->id;
    assert(open_.contains(id) && open_[id] > 0 && "a case ends once");
    --open_[id];
    if (!is_out_of_reach(result.judgement) && !is_met(result.judgement)) unmet_[id] = true;
    on_result(result);
    changed_.notify_all();
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

 private:
  bool is_ready(const Case& one) const {
    return std::ranges::all_of(one.needs(), [&](const std::string& need) {
      const auto open = open_.find(need);
      return open == open_.end() || open->second == 0;
    });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<const Case*> waiting_;
  std::map<std::string, std::size_t> open_;  // cases of a scenario that have not ended
  std::map<std::string, bool> unmet_;
  bool stopped_ = false;
};

// So that a case has its own, and the same in each run of the same seed.
std::uint64_t seed_of_case(std::uint64_t seed, std::string_view id) {
  const std::string digest = chat::sha256_hex(fmt::format("{} {} cell", seed, id));
  return std::stoull(digest.substr(0, 16), nullptr, 16);
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

// What a case is played with.
struct Stage {
  const Case& played;
  const RunOptions& options;
  CellFactory& cells;
  const Clock& clock;
  const Interrupt& interrupt;

  // Once more where it could not be told what the program was doing.
  CaseResult play_once(const Script& script, const Circumstances& circumstances) const {
    CaseResult result = play_in_cell(script, circumstances);
    return result.judgement.is_unknown && !interrupt.requested()
               ? play_in_cell(script, circumstances)
               : result;
  }

  // In a cell of its own.
  CaseResult play_in_cell(const Script& script, const Circumstances& circumstances) const {
    const TimePoint begin = clock.now();
    auto cell = cells.open(options.role, seed_of_case(options.seed, played.id));
    if (!cell) {
      return {.played = &played, .judgement = make_error(cell.error().message)};
    }
    if (std::string obstacle = find_obstacle_of_host(script, **cell); !obstacle.empty()) {
      return skipped(played, {.kind = SkipKind::kOutOfReach, .sentence = std::move(obstacle)});
    }
    CaseResult result{.played = &played, .role = options.role, .script = script};
    result.transcript = play(script, **cell, options.command, clock);
    result.circumstances = circumstances;
    judge_again(result);
    result.duration = clock.now() - begin;
    result.appearance = find_appearance(script, result.transcript, result.judgement);
    result.folder = (*cell)->folder().string();
    return result;
  }
};

// Cuts in turn until one makes a difference.
CaseResult play_cuts(const Stage& stage, const Segmented& segmented, CaseResult whole) {
  const Verdict verdict = whole.judgement.verdict;
  for (const Cut& cut : segmented.cuts) {
    if (stage.interrupt.requested()) break;
    CaseResult result =
        stage.play_once(with_cut(segmented.script, cut),
                        {.segmentation = Segmentation::kCuts, .cut = cut, .otherwise = verdict});
    result.duration += whole.duration;
    if (is_worse(result.judgement.verdict, verdict)) return result;
    whole.duration = result.duration;
  }
  return whole;
}

CaseResult run_case(const Case& played, const RunOptions& options, CellFactory& cells,
                    const Clock& clock, const Interrupt& interrupt) {
  const ScriptOptions script_options{options.role, options.profile, options.seed,
                                     options.remote_keys};
  const Script script = make_script(played.scenario, played.id, script_options);
  if (!options.command) {
    if (const std::string obstacle = obstacle_of_remote(script, options.remote_keys);
        !obstacle.empty()) {
      return skipped(played, {.kind = SkipKind::kRemote, .sentence = obstacle});
    }
  }
  const Stage stage{played, options, cells, clock, interrupt};
  const Segmented segmented = segment(script, options.segmentation);
  CaseResult result = stage.play_once(segmented.script, {.segmentation = options.segmentation});
  const bool good = result.judgement.verdict <= Verdict::kDeviates;
  if (options.segmentation == Segmentation::kUnits || is_out_of_reach(result.judgement) ||
      result.judgement.verdict == Verdict::kError) {
    return result;
  }
  if (good) return play_cuts(stage, segmented, std::move(result));
  result.circumstances.otherwise = stage.play_once(script, {}).judgement.verdict;
  judge_again(result);
  return result;
}

// What a library throws, for want of memory above all, costs this case only.
CaseResult run_case_safely(const Case& played, const RunOptions& options, CellFactory& cells,
                           const Clock& clock, const Interrupt& interrupt) {
  try {
    return run_case(played, options, cells, clock, interrupt);
  } catch (const std::exception& failure) {
    return {.played = &played, .judgement = make_error(failure.what())};
  }
}

// Why a case is not played, if anything keeps it.
std::optional<SkipReason> find_obstacle(const Case& next, const RunOptions& options,
                                        Schedule& schedule, const Patient& patient) {
  if (options.play_on) return std::nullopt;
  if (patient.has_given_up()) {
    return SkipReason{
        .kind = SkipKind::kGivenUp,
        .sentence = fmt::format("the program never {}, in two cases: nothing more is played",
                                options.role == Role::kServer ? "listened" : "connected")};
  }
  std::string need = schedule.unmet_need(next);
  if (need.empty()) return std::nullopt;
  std::string sentence = fmt::format("it needs {}, which did not pass", need);
  return SkipReason{
      .kind = SkipKind::kNeed, .case_id = std::move(need), .sentence = std::move(sentence)};
}

}  // namespace

void run_cases(const std::vector<Case>& cases, const RunOptions& options, CellFactory& cells,
               const Clock& clock, const Interrupt& interrupt,
               const std::function<void(const CaseResult&)>& on_result) {
  Schedule schedule(cases);
  RemoteWatch remote(cells);
  Patient patient;
  const auto work = [&] {
    while (const Case* next = interrupt.requested() ? nullptr : schedule.take()) {
      const auto obstacle = find_obstacle(*next, options, schedule, patient);
      CaseResult result = obstacle ? skipped(*next, *obstacle)
                                   : run_case_safely(*next, options, cells, clock, interrupt);
      patient.look_at(result);
      result.role = options.role;
      if (!options.command) result = remote.look_at(std::move(result));
      if (interrupt.requested()) break;  // what was interrupted has no verdict
      schedule.settle(result, on_result);
    }
    schedule.stop();
  };
  std::vector<std::jthread> workers;
  for (std::size_t i = 1; i < std::min(options.jobs, cases.size()); ++i) workers.emplace_back(work);
  work();
}

}  // namespace chatspec
