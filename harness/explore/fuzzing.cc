// Conversations are played in batches, and what came of a batch is looked at in its order, so that
// the same seed and number of jobs try the same, as far as the server answers the same.

#include "harness/explore/fuzzing.h"

#include <algorithm>
#include <utility>

#include "harness/explore/client_partner.h"
#include "harness/explore/fuzz/client_speaker.h"
#include "harness/explore/fuzz/finding_register.h"
#include "harness/explore/fuzz/mutator.h"
#include "harness/explore/fuzz/novelty.h"
#include "harness/explore/fuzz/server_speaker.h"
#include "harness/explore/fuzz/shape.h"
#include "harness/explore/fuzz_asker.h"
#include "harness/explore/protocol/client_seeds.h"
#include "harness/explore/protocol/fuzz_seeds.h"
#include "harness/explore/server_partner.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kFewKeys = 1;
constexpr std::size_t kFirstWalks = 32;
constexpr std::size_t kBatchOfEach = 4;     // conversations of each job in a batch
constexpr std::size_t kWalkPercent = 15;    // new ones, and as many that were new and are changed
constexpr std::size_t kRecentPercent = 50;  // of what is changed, from the newest of its pool
// Of what is changed, from what reached new lines: of that there is little, and of what was
// answered in a new way very much.
constexpr std::size_t kReachingPercent = 50;
constexpr std::chrono::seconds kLongestMinimising{20};
// What is left of the work is done in a part of the time once more.
constexpr int kPartToFinish = 4;
constexpr std::chrono::seconds kLongestFinish{15};

struct FuzzTimes {
  FuzzTimes(TimePoint now, std::chrono::nanoseconds time)
      : begin(now),
        end(now + time),
        finish(end + std::min<std::chrono::nanoseconds>(time / kPartToFinish, kLongestFinish)) {}

  TimePoint begin;
  TimePoint end;     // when nothing new is tried …
  TimePoint finish;  // … and nothing at all
};

// All of it borrowed.
struct FuzzParts {
  FuzzPartner& partner;
  const Speaker& speaker;
  std::span<const std::string> keys;  // of a server
  const Clock& clock;
  const FuzzTimes& times;
  const FuzzSettings& settings;
  const FuzzListener& listener;
  const Interrupt& interrupt;
};

class Fuzzer {
 public:
  explicit Fuzzer(const FuzzParts& parts)
      : parts_(parts),
        settings_(parts.settings),
        listener_(parts.listener),
        last_new_(parts.times.begin),
        asker_({.partner = parts.partner,
                .interrupt = parts.interrupt,
                .clock = parts.clock,
                .jobs = settings_.jobs,
                .end = parts.times.finish}),
        mutator_(parts.partner.profile(), parts.speaker, settings_.seed),
        register_(settings_.accepted, settings_.known) {
    done_.role = parts.partner.role();
  }

  // `first` and `second` are played first, with new ones between them.
  Fuzzed run(const std::vector<SaidConversation>& first,
             const std::vector<SaidConversation>& second) {
    std::vector<SaidConversation> seeds = first;
    for (std::size_t i = 0; i < kFirstWalks; ++i) seeds.push_back(mutator_.walk());
    seeds.insert(seeds.end(), second.begin(), second.end());
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
    done_.watches_lines = parts_.partner.watches_lines();
    done_.lines = novelty_.lines();
    done_.counts = parts_.partner.counts();
    done_.end = parts_.partner.end();
    if (parts_.interrupt.requested())
      done_.end = {.why = AskingEnd::Why::kInterrupted, .message = "it was interrupted"};
    // That the time is over is how it should end, unless nothing was answered.
    if (done_.end && done_.end->why == AskingEnd::Why::kTimeOver && done_.counts.answered > 0)
      done_.end.reset();
    if (!done_.end && done_.counts.answered == 0)
      done_.end = {.why = AskingEnd::Why::kTimeOver, .message = "the time was over"};
    done_.duration = parts_.clock.now() - parts_.times.begin;
    return std::move(done_);
  }

 private:
  std::size_t batch_size() const { return settings_.jobs * kBatchOfEach; }

  bool is_over() const {
    return parts_.interrupt.requested() || parts_.clock.now() >= parts_.times.end || has_enough() ||
           has_said_enough() || parts_.partner.end().has_value();
  }

  bool has_said_enough() const {
    return settings_.most_conversations &&
           parts_.partner.counts().conversations >= *settings_.most_conversations;
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
    const bool reaches = !reaching_.empty() && mutator_.below(100) < kReachingPercent;
    return choose_from(reaches ? reaching_ : pool_);
  }

  const SaidConversation& choose_from(const std::vector<SaidConversation>& pool) {
    const std::size_t newest = std::max<std::size_t>(1, pool.size() / 8);
    if (mutator_.below(100) < kRecentPercent) return pool[pool.size() - 1 - mutator_.below(newest)];
    return pool[mutator_.below(pool.size())];
  }

  void play(const std::vector<SaidConversation>& batch) {
    for (const auto& answered : asker_.ask(batch)) {
      if (!answered.answers) continue;
      const bool reaches = novelty_.reach(answered.reached);
      if ((note_new(answered) || reaches) && is_worth_keeping(answered)) {
        pool_.push_back(answered.plan.said);
        if (reaches) reaching_.push_back(answered.plan.said);
        listener_.on_novelty(pool_.back());
        last_new_ = parts_.clock.now();
      }
      if (const auto difference = asker_.find_difference_in(answered)) look_at(*difference);
    }
    tell_progress(false);
  }

  bool note_new(const FuzzAsker::Answered& answered) {
    bool is_new = false;
    for (std::size_t i = 0; i < answered.answers->size(); ++i) {
      const PlannedStep& step = answered.plan.steps[i];
      is_new |= novelty_.add(step.state, shape_of(parts_.partner.profile(), step.next.said),
                             (*answered.answers)[i]);
    }
    return is_new;
  }

  // What is answered otherwise is looked at, and not gone on from.
  static bool is_worth_keeping(const FuzzAsker::Answered& answered) {
    return find_difference(answered.plan, *answered.answers) == answered.answers->size() &&
           size_of(answered.plan.said) <= kMostSaidBytes;
  }

  void look_at(const AskedDifference& difference) {
    ++done_.differences;
    if (has_enough() || !register_.is_worth_a_look(difference.cause)) return;
    if (parts_.partner.end()) {
      ++done_.left_out;
      return;
    }
    tell_progress(true);
    if (const auto patient = asker_.find_patient(difference)) return look_at(*patient);
    const AskedDifference shortest =
        asker_.shorten(difference, kFewKeys, parts_.clock.now() + kLongestMinimising);
    if (register_.add(shortest.cause, shape_of(parts_.partner.profile(), shortest.plan.said)))
      tell(shortest);
  }

  void tell(const AskedDifference& difference) {
    const auto again = asker_.show_again(difference, kShownAgain);
    const auto keys = parts_.keys.first(difference.plan.said.keys);
    FuzzFinding finding{.role = parts_.partner.role(),
                        .said = difference.plan.said,
                        .keys = std::vector(keys.begin(), keys.end()),
                        .cause = difference.cause,
                        .requirements = difference.requirements,
                        .level = chat::find_requirement(difference.cause.requirement)->level,
                        .shown = again.shown,
                        .played = again.played,
                        .found_after = parts_.clock.now() - parts_.times.begin};
    if (!finding.is_seen()) {
      ++(again.played == 0 ? done_.left_out : done_.not_shown_again);
      if (again.played > 0 && finding.kind() == FuzzFinding::Kind::kHang) ++done_.late;
      return;
    }
    last_new_ = parts_.clock.now();
    done_.findings.push_back(std::move(finding));
    listener_.on_finding(done_.findings.back());
  }

  void tell_progress(bool is_minimising) const {
    const TimePoint now = parts_.clock.now();
    listener_.on_progress({.conversations = parts_.partner.counts().conversations,
                           .elapsed = now - parts_.times.begin,
                           .states = novelty_.states(),
                           .edges = novelty_.edges(),
                           .lines = novelty_.lines(),
                           .findings = done_.findings.size(),
                           .since_new = now - last_new_,
                           .is_minimising = is_minimising});
  }

  const FuzzParts& parts_;
  const FuzzSettings& settings_;
  const FuzzListener& listener_;
  TimePoint last_new_;
  FuzzAsker asker_;
  Mutator mutator_;
  FindingRegister register_;
  Novelty novelty_;
  // Oldest first: what showed something new, and of that, what reached new lines.
  std::vector<SaidConversation> pool_;
  std::vector<SaidConversation> reaching_;
  Fuzzed done_;
};

}  // namespace

FuzzFinding::Kind FuzzFinding::kind() const {
  if (cause.came.ends_with(kCrashedAnswer)) return Kind::kCrash;
  if (level != chat::Level::kMust) return Kind::kRecommended;
  const bool is_hang = cause.came == kNothingAnswer || cause.came == kUnclosedAnswer ||
                       cause.came.ends_with(kUnendedAnswer) || cause.came == kNoConnectionAnswer;
  return is_hang ? Kind::kHang : Kind::kAnswer;
}

bool FuzzFinding::is_seen() const {
  if (kind() == Kind::kHang) return played > 0 && shown == played;
  return played == 0 || shown > 0;
}

Fuzzed fuzz_server(const ServerSource& source, const FuzzSettings& settings,
                   const FuzzListener& listener, const Interrupt& interrupt) {
  const FuzzTimes times(source.clock.now(), settings.time);
  ServerPartner partner({.source = source,
                         .interrupt = interrupt,
                         .seed = settings.seed,
                         .jobs = settings.jobs,
                         .end = times.finish});
  const ClientSpeaker speaker(source.profile, {kFewKeys, kFuzzKeys});
  std::vector<SaidConversation> second = make_edge_seeds(source.profile, kFuzzKeys);
  second.push_back(make_large_seed(source.profile, kFuzzKeys));
  return Fuzzer({.partner = partner,
                 .speaker = speaker,
                 .keys = source.keys,
                 .clock = source.clock,
                 .times = times,
                 .settings = settings,
                 .listener = listener,
                 .interrupt = interrupt})
      .run(make_happy_seeds(source.profile, kFuzzKeys), second);
}

Fuzzed fuzz_client(const ClientSource& source, const FuzzSettings& settings,
                   const FuzzListener& listener, const Interrupt& interrupt) {
  const FuzzTimes times(source.clock.now(), settings.time);
  ClientPartner partner(
      {.source = source, .interrupt = interrupt, .seed = settings.seed, .end = times.finish});
  const ServerSpeaker speaker(source.profile);
  return Fuzzer({.partner = partner,
                 .speaker = speaker,
                 .keys = {},
                 .clock = source.clock,
                 .times = times,
                 .settings = settings,
                 .listener = listener,
                 .interrupt = interrupt})
      .run(make_client_happy_seeds(source.profile), make_client_edge_seeds(source.profile));
}

}  // namespace chatspec
