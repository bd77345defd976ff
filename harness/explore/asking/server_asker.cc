#include "harness/explore/asking/server_asker.h"

#include <algorithm>

namespace chatspec {
namespace {

// A server that remembers so often is asked in fresh ones only.
constexpr std::uint64_t kMostCarriedOver = 2;
// One that has served before, and does not come up, may have met a port that is still taken.
constexpr int kMostStarts = 3;

ServerSource by_command_alone(ServerSource source) {
  source.start = {};
  return source;
}

bool is_about_the_server(const CellFailure& failure) {
  return failure.kind != CellFailure::Kind::kInterrupted &&
         failure.kind != CellFailure::Kind::kTrouble;
}

}  // namespace

ServerAsker::ServerAsker(const Settings& settings)
    : settings_(settings),
      state_(settings.interrupt, settings.source.clock, settings.end),
      supply_(settings.source, settings.seed, settings.jobs),
      careful_supply_(by_command_alone(settings.source), settings.seed, settings.jobs),
      kept_(std::max<std::size_t>(1, settings.jobs)) {}

Asked ServerAsker::ask(std::size_t who, const Dialogue& dialogue, ReachedLines* reached) {
  if (auto over = state_.find_end()) return std::unexpected(*std::move(over));
  Kept& kept = kept_[who];
  auto played = play(kept, dialogue, Pace::kQuick, settings_.end);
  if (played && reached) *reached = std::move(played->reached);
  if (played && !played->is_expected) played = play_afresh(kept, *played);
  return state_.conclude(answers_of(std::move(played)));
}

Asked ServerAsker::ask_afresh(std::size_t who, const Dialogue& dialogue, TimePoint end) {
  // What could not begin in time is no trouble.
  if (settings_.source.clock.now() >= end)
    return state_.conclude(std::unexpected(CellFailure{.kind = CellFailure::Kind::kNotExited}),
                           end);
  Kept& kept = kept_[who];
  kept.reset();
  return state_.conclude(answers_of(play(kept, dialogue, Pace::kCareful, end)), end);
}

std::expected<ServerAsker::Played, CellFailure> ServerAsker::play_afresh(Kept& kept,
                                                                         const Played& before) {
  kept.reset();
  auto played = play(kept, say_again(before.said), Pace::kCareful, settings_.end);
  if (before.was_fresh) return played;
  const bool carries_over = played && played->answers != before.answers;
  bool is_enough = false;
  state_.count([&](AskingCounts& counts) {
    ++counts.asked_afresh;
    is_enough = carries_over && ++counts.carried_over >= kMostCarriedOver;
  });
  if (is_enough) {
    const std::scoped_lock lock(mutex_);
    keeps_ = false;
  }
  return played;
}

std::expected<ServerAsker::Played, CellFailure> ServerAsker::play(Kept& kept,
                                                                  const Dialogue& dialogue,
                                                                  Pace pace, TimePoint end) {
  auto conversation = connect(kept, pace, end);
  if (!conversation) return std::unexpected(conversation.error());
  Played played{{.pace = pace}, kept->is_in_first_conversation()};
  auto done = converse(**conversation, dialogue, settings_.interrupt, played);
  if (done) see_aftermath(kept, **conversation, played, end);
  // All waits ended then, whatever was still to come.
  if (done && settings_.source.clock.now() >= end)
    done = std::unexpected(CellFailure{.kind = CellFailure::Kind::kNotExited});
  if (!done) kept.reset();
  state_.count([&](AskingCounts& counts) {
    ++counts.conversations;
    counts.remarks += (*conversation)->remarks();
  });
  if (!done) return std::unexpected(done.error());
  return played;
}

// With the kept server, or with a new one where there is none or it takes no connection any more.
std::expected<std::unique_ptr<ProgramConversation>, CellFailure> ServerAsker::connect(
    Kept& kept, Pace pace, TimePoint end) {
  if (kept) {
    auto conversation = kept->connect(end);
    if (conversation || !is_about_the_server(conversation.error())) return conversation;
    kept.reset();
  }
  std::expected<std::unique_ptr<ProgramConversation>, CellFailure> conversation;
  for (int i = 0; i < kMostStarts; ++i) {
    auto started = supply_for(pace).take(end);
    if (started) {
      kept = *std::move(started);
      conversation = kept->connect(end);
    } else {
      conversation = std::unexpected(started.error());
    }
    if (conversation || !is_about_the_server(conversation.error())) break;
    kept.reset();
    if (counts().conversations == 0 || settings_.source.clock.now() >= end) break;
  }
  return conversation;
}

// A crash shows in the last answer; after a conversation that we broke off, it is END-2's business
// and not what was said last.
void ServerAsker::see_aftermath(Kept& kept, ProgramConversation& conversation, Played& played,
                                TimePoint end) {
  const bool is_over = conversation.is_over();
  bool is_hasty = !is_over;
  {
    const std::scoped_lock lock(mutex_);
    is_hasty = is_hasty || is_slow_to_end_;
  }
  const auto after = kept->see_aftermath(conversation, is_hasty);
  played.reached = kept->take_reached();
  if (is_over && after.crash) note_crash(played, *after.crash);
  // Some can be seen through until they have served for the first time.
  const bool is_opaque = !played.was_fresh && conversation.remarks().unproven_silences > 0;
  bool keeps = false;
  {
    const std::scoped_lock lock(mutex_);
    is_slow_to_end_ = is_slow_to_end_ || after.is_slow;
    if (is_opaque) keeps_ = false;
    keeps = keeps_ && after.serves_on && !kept->is_worn_out() && !is_opaque &&
            !(starts_apart() && played.pace == Pace::kCareful);
  }
  if (keeps) return;
  kept.reset();
  supply_.prepare(end);
}

AskingCounts ServerAsker::counts() const {
  AskingCounts counts = state_.counts();
  counts.programs = supply_.started() + careful_supply_.started();
  counts.could_fork = !settings_.source.start.forks;
  return counts;
}

}  // namespace chatspec
