#include "harness/play/run.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "harness/judge/reproduction.h"
#include "harness/play/player.h"
#include "harness/scenario/check_transcript.h"

namespace chatspec {
namespace {

constexpr std::size_t kShownBytes = 200;    // of a unit in an exchange
constexpr std::size_t kShownLines = 40;     // of an exchange
constexpr std::size_t kShownErrors = 1500;  // of standard error's begin, and of its end

std::string shorten(const std::string& errors) {
  if (errors.size() <= 2 * kShownErrors) return errors;
  return fmt::format("{}\n[{} bytes are left out here]\n{}", errors.substr(0, kShownErrors),
                     errors.size() - 2 * kShownErrors, errors.substr(errors.size() - kShownErrors));
}

CaseResult skipped(const Case& played, std::string reason) {
  return {.played = &played,
          .judgement = {.verdict = Verdict::kSkipped, .reason = std::move(reason)}};
}

// More signatures than the scenario has keys; a server with more keys gives them.
bool asks_beyond_last_key(const Script& script) {
  const std::string data = script.profile.data + std::string(script.profile.line_end_bytes());
  std::map<int, std::size_t> asked;
  for (const Step& step : script.steps) {
    if (step.action == Action::kSend && step.bytes == data) ++asked[step.connection];
  }
  return std::ranges::any_of(
      asked, [&](const auto& one) { return one.second > script.materials.own_keys; });
}

// Of a remote server nobody sees when it has read one unit, so that the next may follow.
bool sends_units_in_a_row(const Script& script) {
  const auto in_a_row = [](const Step& one, const Step& next) {
    return one.action == Action::kSend && next.action == Action::kSend &&
           one.connection == next.connection;
  };
  return std::ranges::adjacent_find(script.steps, in_a_row) != script.steps.end();
}

// Why a script cannot be played with a server that somebody else started; "" where it can.
std::string obstacle_of_remote(const Script& script, const RunOptions& options) {
  const Materials& materials = script.materials;
  if (!materials.arguments.empty()) return "a remote server is not ours to start";
  if (materials.shapes_key_file) return "the key file of a remote server is not ours to write";
  if (!script.profile.has_line_ends() && sends_units_in_a_row(script)) {
    return "without line ends a server must have read one unit before the next, and of a remote "
           "one "
           "that cannot be seen";
  }
  for (const Step& step : script.steps) {
    for (const Expectation& expectation : step.alternatives) {
      if (is_about_program(expectation.kind) || expectation.kind == ItemKind::kNothing) {
        return "of a remote server, output and exit cannot be seen";
      }
      if (expectation.kind != ItemKind::kSignature) continue;
      if (!options.remote_keys) return "the keys of the remote server are not known";
      if (expectation.key > options.remote_keys->size())
        return fmt::format("the remote server has no key {}", expectation.key);
    }
  }
  const std::size_t own_keys = materials.own_keys;
  const bool as_many = options.remote_keys && options.remote_keys->size() == own_keys;
  if (!as_many && asks_beyond_last_key(script))
    return fmt::format("it is for a server with just {} key{}", own_keys, own_keys == 1 ? "" : "s");
  return {};
}

// LIFE-2: a server may end after its first client. One that somebody else started is then gone.
class RemoteServer {
 public:
  // Takes note of a result, and gives what is to be said of it.
  CaseResult look_at(CaseResult result) {
    const Judgement& judgement = result.judgement;
    const bool refused = judgement.failure && judgement.failure->code == FailureCode::kRefused;
    if (refused && has_served_) {
      CaseResult gone = skipped(*result.played, "it takes no connection any more");
      gone.out_of_reach = true;
      return gone;
    }
    const bool played =
        judgement.verdict != Verdict::kSkipped && judgement.verdict != Verdict::kError;
    if (played && !refused) has_served_ = true;
    return result;
  }

 private:
  std::atomic<bool> has_served_ = false;
};

// Whether what needs the case may be played: it went as written, a remark or two aside. A *should*
// that was not met deviates too, but then what builds on it would only tell the same again.
bool is_met(const Judgement& judgement) {
  return judgement.verdict <= Verdict::kDeviates && judgement.verdict != Verdict::kSkipped &&
         !judgement.failure;
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
    --open_[id];
    if (!result.out_of_reach && !is_met(result.judgement)) unmet_[id] = true;
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

// What a case is played with.
struct Stage {
  const Case& played;
  const RunOptions& options;
  CellFactory& cells;
  const Clock& clock;
  const Interrupt& interrupt;

  // In a cell of its own.
  CaseResult play_once(const Script& script) const {
    const TimePoint begin = clock.now();
    auto cell = cells.open(options.role == Role::kServer ? Side::kServer : Side::kClient);
    if (!cell) {
      return {.played = &played,
              .judgement = {.verdict = Verdict::kError, .reason = cell.error().message}};
    }
    const Transcript transcript = play(script, **cell, options.command, clock);
    const chat::Level level = played.level(options.role == Role::kServer);
    CaseResult result{.played = &played, .judgement = judge(script, level, transcript)};
    result.duration = clock.now() - begin;
    if (result.judgement.verdict == Verdict::kPass) return result;
    result.exchange = list_exchange(script, transcript, kShownBytes, kShownLines);
    result.reproduction = make_reproduction(script, transcript, where_to_try(**cell));
    result.errors = shorten((*cell)->errors().bytes);
    return result;
  }

  // A server that we started is gone with its cell: whoever tries it starts it where they like.
  std::string where_to_try(const Cell& cell) const {
    return options.command ? "127.0.0.1 PORT" : fmt::format("{} {}", cell.host(), cell.port());
  }
};

bool is_worse(const CaseResult& result, const CaseResult& than) {
  if (result.judgement.verdict == Verdict::kSkipped) return false;
  return result.judgement.verdict > than.judgement.verdict;
}

// What is met unit by unit and not otherwise is not what the case covers.
void blame_delivery(CaseResult& result, Role role, Segmentation segmentation) {
  if (!result.judgement.failure) return;
  const bool joined = segmentation == Segmentation::kJoined;
  result.judgement.failure->requirement = role == Role::kClient ? "STREAM-3"
                                          : joined              ? "STREAM-2"
                                                                : "STREAM-1";
}

// Cuts in turn until one makes a difference.
CaseResult play_cuts(const Stage& stage, const Segmented& segmented, CaseResult whole) {
  for (const Cut& cut : segmented.cuts) {
    if (stage.interrupt.requested()) break;
    CaseResult result = stage.play_once(with_cut(segmented.script, cut));
    result.duration += whole.duration;
    if (is_worse(result, whole)) {
      result.delivery =
          fmt::format("{} {}, {} {}", to_string(whole.judgement.verdict), segmented.shown,
                      to_string(result.judgement.verdict), describe(segmented.script, cut));
      blame_delivery(result, stage.options.role, Segmentation::kCuts);
      return result;
    }
    whole.duration = result.duration;
  }
  return whole;
}

CaseResult run_case(const Case& played, const RunOptions& options, CellFactory& cells,
                    const Clock& clock, const Interrupt& interrupt) {
  const ScriptOptions script_options{options.role, options.profile, options.seed,
                                     options.remote_keys};
  const Script script =
      make_script(played.scenario, played.id, script_options, played.file->reader());
  if (!options.command) {
    if (const std::string obstacle = obstacle_of_remote(script, options); !obstacle.empty()) {
      CaseResult result = skipped(played, obstacle);
      result.out_of_reach = true;
      return result;
    }
  }
  const Stage stage{played, options, cells, clock, interrupt};
  const Segmented segmented = segment(script, options.segmentation);
  CaseResult result = stage.play_once(segmented.script);
  const bool good = result.judgement.verdict <= Verdict::kDeviates;
  if (options.segmentation == Segmentation::kUnits || result.judgement.verdict == Verdict::kError) {
    return result;
  }
  if (good) return play_cuts(stage, segmented, std::move(result));
  const CaseResult by_units = stage.play_once(script);
  if (is_worse(result, by_units)) {
    result.delivery = fmt::format("{} unit by unit, {} {}", to_string(by_units.judgement.verdict),
                                  to_string(result.judgement.verdict), segmented.shown);
    blame_delivery(result, options.role, options.segmentation);
  }
  return result;
}

// What a library throws, for want of memory above all, costs this case only.
CaseResult run_case_safely(const Case& played, const RunOptions& options, CellFactory& cells,
                           const Clock& clock, const Interrupt& interrupt) {
  try {
    return run_case(played, options, cells, clock, interrupt);
  } catch (const std::exception& failure) {
    return {.played = &played, .judgement = {.verdict = Verdict::kError, .reason = failure.what()}};
  }
}

}  // namespace

void run_cases(const std::vector<Case>& cases, const RunOptions& options, CellFactory& cells,
               const Clock& clock, const Interrupt& interrupt,
               const std::function<void(const CaseResult&)>& on_result) {
  Schedule schedule(cases);
  RemoteServer remote;
  const auto work = [&] {
    while (const Case* next = interrupt.requested() ? nullptr : schedule.take()) {
      const std::string need = schedule.unmet_need(*next);
      CaseResult result =
          need.empty() ? run_case_safely(*next, options, cells, clock, interrupt)
                       : skipped(*next, fmt::format("it needs {}, which did not pass", need));
      if (!options.command) result = remote.look_at(std::move(result));
      result.role = options.role;
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
