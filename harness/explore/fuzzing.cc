// Conversations are played in batches, and what came of a batch is looked at in its order, so that
// the same seed and number of jobs try the same, as far as the server answers the same.

#include "harness/explore/fuzzing.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "harness/explore/fuzz/finding_register.h"
#include "harness/explore/fuzz/minimise.h"
#include "harness/explore/fuzz/mutator.h"
#include "harness/explore/fuzz/novelty.h"
#include "harness/explore/fuzz/shape.h"
#include "harness/explore/fuzz_seeds.h"
#include "harness/explore/planned_conversation.h"
#include "harness/explore/said_requirements.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kFewKeys = 1;
constexpr std::size_t kFirstWalks = 32;
constexpr std::size_t kBatchOfEach = 4;     // conversations of each job in a batch
constexpr std::size_t kWalkPercent = 15;    // new ones, and as many that were new and are changed
constexpr std::size_t kRecentPercent = 50;  // of what is changed, from the newest of the pool
constexpr std::chrono::seconds kLongestMinimising{20};
// What is left of the work is done in a part of the time once more.
constexpr int kPartToFinish = 4;
constexpr std::chrono::seconds kLongestFinish{15};

// The servers that are asked, by how many keys they have.
class Askers {
 public:
  explicit Askers(const ServerAsker::Settings& settings) : settings_(settings) {}

  // Not while others ask.
  ServerAsker& with_keys(std::size_t keys) {
    auto& asker = askers_[keys];
    if (!asker) {
      ServerAsker::Settings settings = settings_;
      settings.source.keys = settings.source.keys.first(keys);
      asker = std::make_unique<ServerAsker>(settings);
    }
    return *asker;
  }

  std::optional<AskingEnd> end() const {
    for (const auto& [keys, asker] : askers_) {
      if (auto end = asker->end()) return end;
    }
    return std::nullopt;
  }

  AskingCounts counts() const {
    AskingCounts counts;
    for (const auto& [keys, asker] : askers_) counts += asker->counts();
    return counts;
  }

 private:
  ServerAsker::Settings settings_;
  std::map<std::size_t, std::unique_ptr<ServerAsker>> askers_;
};

// What a conversation came to.
struct Difference {
  PlannedConversation plan{};  // up to the step that was answered otherwise
  FindingCause cause{};
  std::vector<std::string> requirements{};

  // Whether it is about the same, however much is left of the conversation.
  bool shows(const Difference& other) const {
    if (cause.came.ends_with(kCrashedAnswer) && other.cause.came.ends_with(kCrashedAnswer))
      return true;
    return generalise_answer(cause.expected) == generalise_answer(other.cause.expected) &&
           generalise_answer(cause.came) == generalise_answer(other.cause.came);
  }
};

class Fuzzer {
 public:
  Fuzzer(const ServerSource& source, const FuzzSettings& settings, const FuzzListener& listener,
         const Interrupt& interrupt)
      : source_(source),
        settings_(settings),
        listener_(listener),
        interrupt_(interrupt),
        begin_(source.clock.now()),
        end_(begin_ + settings.time),
        finish_(end_ +
                std::min<std::chrono::nanoseconds>(settings.time / kPartToFinish, kLongestFinish)),
        last_new_(begin_),
        askers_({.source = source,
                 .interrupt = interrupt,
                 .seed = settings.seed,
                 .jobs = settings.jobs,
                 .end = finish_}),
        mutator_(source.profile, {kFewKeys, kFuzzKeys}, settings.seed),
        register_(settings.accepted, settings.known) {}

  Fuzzed run() {
    std::vector<SaidConversation> seeds = make_happy_seeds(source_.profile, kFuzzKeys);
    for (std::size_t i = 0; i < kFirstWalks; ++i) seeds.push_back(mutator_.walk());
    const auto edges = make_edge_seeds(source_.profile, kFuzzKeys);
    seeds.insert(seeds.end(), edges.begin(), edges.end());
    seeds.insert(seeds.end(), settings_.corpus.begin(), settings_.corpus.end());
    for (std::size_t at = 0; at < seeds.size() && !is_over(); at += batch_size())
      play(
          {seeds.begin() + static_cast<std::ptrdiff_t>(at),
           seeds.begin() + static_cast<std::ptrdiff_t>(std::min(at + batch_size(), seeds.size()))});
    while (!is_over()) play(make_batch());
    std::ranges::stable_sort(done_.findings, {}, [](const FuzzFinding& finding) {
      return std::pair(finding.kind(), size_of(finding.said));
    });
    done_.accepted = register_.accepted_seen();
    done_.known_seen = register_.known_seen();
    done_.states = novelty_.states();
    done_.edges = novelty_.edges();
    done_.counts = askers_.counts();
    done_.end = askers_.end();
    if (interrupt_.requested())
      done_.end = {.why = AskingEnd::Why::kInterrupted, .message = "it was interrupted"};
    if (done_.end && done_.end->why == AskingEnd::Why::kTimeOver && done_.counts.ended > 0)
      done_.end.reset();
    done_.duration = source_.clock.now() - begin_;
    return std::move(done_);
  }

 private:
  std::size_t batch_size() const { return settings_.jobs * kBatchOfEach; }

  bool is_over() const {
    return interrupt_.requested() || source_.clock.now() >= end_ || has_enough() ||
           askers_.end().has_value();
  }

  bool has_enough() const { return done_.findings.size() >= settings_.most_findings; }

  std::vector<SaidConversation> make_batch() {
    std::vector<SaidConversation> batch;
    while (batch.size() < batch_size()) {
      const std::size_t drawn = mutator_.below(100);
      if (pool_.empty() || drawn < kWalkPercent)
        batch.push_back(mutator_.walk());
      else if (drawn < 2 * kWalkPercent)
        batch.push_back(mutator_.mutate(mutator_.walk(), choose()));
      else
        batch.push_back(mutator_.mutate(choose(), pool_[mutator_.below(pool_.size())]));
    }
    return batch;
  }

  const SaidConversation& choose() {
    const std::size_t newest = std::max<std::size_t>(1, pool_.size() / 8);
    if (mutator_.below(100) < kRecentPercent)
      return pool_[pool_.size() - 1 - mutator_.below(newest)];
    return pool_[mutator_.below(pool_.size())];
  }

  struct Answered {
    PlannedConversation plan;
    ServerAsker::Asked answers;
  };

  // Each by a kept server, and with care by a fresh one where it answers otherwise.
  std::vector<Answered> ask(std::span<const SaidConversation> conversations) {
    std::vector<Answered> answered;
    for (const SaidConversation& said : conversations) {
      askers_.with_keys(said.keys);
      answered.push_back(
          {.plan = plan_conversation(source_.profile, source_.keys, said), .answers = Answers()});
    }
    askers_.with_keys(kFuzzKeys).for_each(answered.size(), [&](std::size_t who, std::size_t i) {
      Answered& one = answered[i];
      one.answers = askers_.with_keys(one.plan.said.keys).ask(who, follow(one.plan));
    });
    return answered;
  }

  // Nothing where all was answered as it may be.
  std::optional<Difference> find_difference_in(const Answered& answered) const {
    if (!answered.answers) return std::nullopt;
    const std::size_t at = find_difference(answered.plan, *answered.answers);
    if (at == answered.answers->size()) return std::nullopt;
    Difference difference{.plan = answered.plan};
    difference.plan.steps.resize(at + 1);
    difference.plan.said.steps.resize(at + 1);
    const PlannedStep& last = difference.plan.steps.back();
    difference.requirements = find_requirements(source_.profile, difference.plan.said);
    difference.cause = {.requirement = difference.requirements.front(),
                        .place = std::string(last.due),
                        .expected = last.next.expected.answer,
                        .came = (*answered.answers)[at]};
    return difference;
  }

  void play(const std::vector<SaidConversation>& batch) {
    for (const Answered& answered : ask(batch)) {
      if (!answered.answers) continue;
      if (note_new(answered)) {
        pool_.push_back(answered.plan.said);
        listener_.on_novelty(pool_.back());
        last_new_ = source_.clock.now();
      }
      if (const auto difference = find_difference_in(answered)) look_at(*difference);
    }
    tell_progress(false);
  }

  bool note_new(const Answered& answered) {
    bool is_new = false;
    for (std::size_t i = 0; i < answered.answers->size(); ++i) {
      const PlannedStep& step = answered.plan.steps[i];
      is_new |= novelty_.add(step.state, shape_of(source_.profile, step.next.said),
                             (*answered.answers)[i]);
    }
    return is_new && find_difference(answered.plan, *answered.answers) == answered.answers->size();
  }

  void look_at(const Difference& difference) {
    ++done_.differences;
    if (has_enough() || !register_.is_worth_a_look(difference.cause)) return;
    if (askers_.end()) {
      ++done_.left_out;
      return;
    }
    tell_progress(true);
    const Difference shortest = shorten(difference);
    if (!register_.add(shortest.cause, shape_of(source_.profile, shortest.plan.said))) return;
    show_again(shortest);
  }

  Difference shorten(const Difference& difference) {
    Difference shortest = difference;
    const TimePoint end = source_.clock.now() + kLongestMinimising;
    const FindShowing find =
        [&](std::span<const SaidConversation> candidates) -> std::optional<std::size_t> {
      if (source_.clock.now() >= end || interrupt_.requested()) return std::nullopt;
      const auto answered = ask(candidates);
      for (std::size_t i = 0; i < answered.size(); ++i) {
        auto shown = find_difference_in(answered[i]);
        if (!shown || !shown->shows(difference)) continue;
        shortest = *std::move(shown);
        return i;
      }
      return std::nullopt;
    };
    minimise(source_.profile, difference.plan.said, find,
             {.at_a_time = settings_.jobs, .least_keys = kFewKeys});
    return shortest;
  }

  void show_again(const Difference& difference) {
    FuzzFinding finding{.said = difference.plan.said,
                        .cause = difference.cause,
                        .requirements = difference.requirements,
                        .level = chat::find_requirement(difference.cause.requirement)->level};
    std::vector<ServerAsker::Asked> asked(kShownAgain);
    ServerAsker& asker = askers_.with_keys(finding.said.keys);
    asker.for_each(asked.size(), [&](std::size_t who, std::size_t i) {
      asked[i] = asker.ask_afresh(who, follow(difference.plan), finish_);
    });
    for (auto& answers : asked) {
      if (!answers) continue;
      ++finding.played;
      const auto shown = find_difference_in({.plan = difference.plan, .answers = answers});
      if (shown && shown->shows(difference)) ++finding.shown;
    }
    if (finding.played == 0) {
      ++done_.left_out;
    } else if (finding.shown == 0) {
      ++done_.not_shown_again;
    } else {
      last_new_ = source_.clock.now();
      finding.found_after = last_new_ - begin_;
      done_.findings.push_back(finding);
      listener_.on_finding(finding);
    }
  }

  void tell_progress(bool is_minimising) const {
    const TimePoint now = source_.clock.now();
    listener_.on_progress({.conversations = askers_.counts().conversations,
                           .elapsed = now - begin_,
                           .states = novelty_.states(),
                           .edges = novelty_.edges(),
                           .findings = done_.findings.size(),
                           .since_new = now - last_new_,
                           .is_minimising = is_minimising});
  }

  const ServerSource& source_;
  const FuzzSettings& settings_;
  const FuzzListener& listener_;
  const Interrupt& interrupt_;
  TimePoint begin_;
  TimePoint end_;     // when nothing new is tried …
  TimePoint finish_;  // … and nothing at all
  TimePoint last_new_;
  Askers askers_;
  Mutator mutator_;
  FindingRegister register_;
  Novelty novelty_;
  std::vector<SaidConversation> pool_;  // what showed something new, oldest first
  Fuzzed done_;
};

}  // namespace

FuzzFinding::Kind FuzzFinding::kind() const {
  if (cause.came.ends_with(kCrashedAnswer)) return Kind::kCrash;
  if (level != chat::Level::kMust) return Kind::kRecommended;
  const bool is_hang = cause.came == kNothingAnswer || cause.came == kUnclosedAnswer;
  return is_hang ? Kind::kHang : Kind::kAnswer;
}

Fuzzed fuzz_server(const ServerSource& source, const FuzzSettings& settings,
                   const FuzzListener& listener, const Interrupt& interrupt) {
  return Fuzzer(source, settings, listener, interrupt).run();
}

}  // namespace chatspec
