// Conversations are played in batches, and what came of a batch is looked at in its order, so that
// the same seed and number of jobs try the same, as far as the server answers the same.

#include "harness/explore/fuzzing.h"

#include <algorithm>
#include <utility>

#include "harness/explore/fuzz/finding_register.h"
#include "harness/explore/fuzz/mutator.h"
#include "harness/explore/fuzz/novelty.h"
#include "harness/explore/fuzz/shape.h"
#include "harness/explore/fuzz_asker.h"
#include "harness/explore/fuzz_seeds.h"

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
        asker_({.source = source,
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
    seeds.push_back(make_large_seed(source_.profile, kFuzzKeys));
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
    done_.counts = asker_.counts();
    done_.end = asker_.end();
    if (interrupt_.requested())
      done_.end = {.why = AskingEnd::Why::kInterrupted, .message = "it was interrupted"};
    // That the time is over is how it should end, unless nothing was answered.
    if (done_.end && done_.end->why == AskingEnd::Why::kTimeOver && done_.counts.answered > 0)
      done_.end.reset();
    if (!done_.end && done_.counts.answered == 0)
      done_.end = {.why = AskingEnd::Why::kTimeOver, .message = "the time was over"};
    done_.duration = source_.clock.now() - begin_;
    return std::move(done_);
  }

 private:
  std::size_t batch_size() const { return settings_.jobs * kBatchOfEach; }

  bool is_over() const {
    return interrupt_.requested() || source_.clock.now() >= end_ || has_enough() ||
           has_said_enough() || asker_.end().has_value();
  }

  bool has_said_enough() const {
    return settings_.most_conversations &&
           asker_.counts().conversations >= *settings_.most_conversations;
  }

  bool has_enough() const {
    return done_.findings.size() + register_.known_seen().size() >= settings_.most_findings;
  }

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

  void play(const std::vector<SaidConversation>& batch) {
    for (const auto& answered : asker_.ask(batch)) {
      if (!answered.answers) continue;
      if (note_new(answered) && size_of(answered.plan.said) <= kMostSaidBytes) {
        pool_.push_back(answered.plan.said);
        listener_.on_novelty(pool_.back());
        last_new_ = source_.clock.now();
      }
      if (const auto difference = asker_.find_difference_in(answered)) look_at(*difference);
    }
    tell_progress(false);
  }

  bool note_new(const FuzzAsker::Answered& answered) {
    bool is_new = false;
    for (std::size_t i = 0; i < answered.answers->size(); ++i) {
      const PlannedStep& step = answered.plan.steps[i];
      is_new |= novelty_.add(step.state, shape_of(source_.profile, step.next.said),
                             (*answered.answers)[i]);
    }
    return is_new && find_difference(answered.plan, *answered.answers) == answered.answers->size();
  }

  void look_at(const AskedDifference& difference) {
    ++done_.differences;
    if (has_enough() || !register_.is_worth_a_look(difference.cause)) return;
    if (asker_.end()) {
      ++done_.left_out;
      return;
    }
    tell_progress(true);
    if (const auto patient = asker_.find_patient(difference)) return look_at(*patient);
    const AskedDifference shortest =
        asker_.shorten(difference, kFewKeys, source_.clock.now() + kLongestMinimising);
    if (register_.add(shortest.cause, shape_of(source_.profile, shortest.plan.said)))
      tell(shortest);
  }

  void tell(const AskedDifference& difference) {
    const auto again = asker_.show_again(difference, kShownAgain);
    FuzzFinding finding{.said = difference.plan.said,
                        .keys = std::vector(source_.keys.begin(),
                                            source_.keys.begin() + static_cast<std::ptrdiff_t>(
                                                                       difference.plan.said.keys)),
                        .cause = difference.cause,
                        .requirements = difference.requirements,
                        .level = chat::find_requirement(difference.cause.requirement)->level,
                        .shown = again.shown,
                        .played = again.played,
                        .found_after = source_.clock.now() - begin_};
    if (!finding.is_seen()) {
      ++(again.played == 0 ? done_.left_out : done_.not_shown_again);
      return;
    }
    last_new_ = source_.clock.now();
    done_.findings.push_back(std::move(finding));
    listener_.on_finding(done_.findings.back());
  }

  void tell_progress(bool is_minimising) const {
    const TimePoint now = source_.clock.now();
    listener_.on_progress({.conversations = asker_.counts().conversations,
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
  FuzzAsker asker_;
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

bool FuzzFinding::is_seen() const {
  if (kind() == Kind::kHang) return played > 0 && shown == played;
  return played == 0 || shown > 0;
}

Fuzzed fuzz_server(const ServerSource& source, const FuzzSettings& settings,
                   const FuzzListener& listener, const Interrupt& interrupt) {
  return Fuzzer(source, settings, listener, interrupt).run();
}

}  // namespace chatspec
