#include "harness/explore/server_asker.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include <fmt/format.h>

namespace chatspec {
namespace {

// A server that remembers so often is asked in fresh ones only.
constexpr std::uint64_t kMostCarriedOver = 2;
// One that has served before, and does not come up, may have met a port that is still taken.
constexpr int kMostStarts = 3;

Dialogue say_again(std::span<const SaidNext> said) {
  return [said](std::span<const std::string> answers) {
    return answers.size() < said.size() ? std::optional(said[answers.size()]) : std::nullopt;
  };
}

bool is_about_the_server(const CellFailure& failure) {
  return failure.kind != CellFailure::Kind::kInterrupted &&
         failure.kind != CellFailure::Kind::kTrouble;
}

// The last answer with all that has come since.
std::expected<void, CellFailure> settle(ServerConversation& conversation, Answers& answers,
                                        const ExpectedAnswer& expected, bool& is_expected) {
  auto answer = conversation.settle();
  if (!answer) return std::unexpected(answer.error());
  if (!*answer) return {};
  is_expected = is_expected && expected.allows(**answer);
  answers.back() = **std::move(answer);
  return {};
}

}  // namespace

AskingCounts& AskingCounts::operator+=(const AskingCounts& other) {
  conversations += other.conversations;
  answered += other.answered;
  servers += other.servers;
  asked_afresh += other.asked_afresh;
  carried_over += other.carried_over;
  remarks += other.remarks;
  return *this;
}

ServerAsker::ServerAsker(const Settings& settings)
    : settings_(settings),
      supply_(settings.source, settings.seed, settings.jobs),
      kept_(std::max<std::size_t>(1, settings.jobs)) {}

void ServerAsker::for_each(std::size_t count,
                           const std::function<void(std::size_t, std::size_t)>& ask) const {
  std::atomic<std::size_t> next = 0;
  const auto take_all = [&](std::size_t who) {
    for (std::size_t i = next++; i < count; i = next++) ask(who, i);
  };
  std::vector<std::jthread> others;
  for (std::size_t who = 1; who < std::min(kept_.size(), count); ++who)
    others.emplace_back([&take_all, who] { take_all(who); });
  take_all(0);
}

ServerAsker::Asked ServerAsker::ask(std::size_t who, const Dialogue& dialogue) {
  if (auto over = find_end()) return std::unexpected(*std::move(over));
  Kept& kept = kept_[who];
  auto played = play(kept, dialogue, Pace::kQuick, settings_.end);
  if (played && !played->is_expected) played = play_afresh(kept, *played);
  if (!played) return std::unexpected(give_up(end_of(played.error(), settings_.end)));
  return note_answered(*std::move(played));
}

ServerAsker::Asked ServerAsker::ask_afresh(std::size_t who, const Dialogue& dialogue,
                                           TimePoint end) {
  if (settings_.source.clock.now() >= end)
    return std::unexpected(
        AskingEnd{.why = AskingEnd::Why::kTimeOver, .message = "the time was over"});
  Kept& kept = kept_[who];
  kept.reset();
  auto played = play(kept, dialogue, Pace::kCareful, end);
  if (!played) {
    AskingEnd over = end_of(played.error(), end);
    if (over.why == AskingEnd::Why::kTimeOver) return std::unexpected(std::move(over));
    return std::unexpected(give_up(std::move(over)));
  }
  return note_answered(*std::move(played));
}

std::expected<ServerAsker::Played, CellFailure> ServerAsker::play_afresh(Kept& kept,
                                                                         const Played& before) {
  kept.reset();
  auto played = play(kept, say_again(before.said), Pace::kCareful, settings_.end);
  if (before.was_fresh) return played;
  const std::scoped_lock lock(mutex_);
  ++counts_.asked_afresh;
  if (played && played->answers != before.answers && ++counts_.carried_over >= kMostCarriedOver)
    keeps_ = false;
  return played;
}

std::expected<ServerAsker::Played, CellFailure> ServerAsker::play(Kept& kept,
                                                                  const Dialogue& dialogue,
                                                                  Pace pace, TimePoint end) {
  auto conversation = connect(kept, end);
  if (!conversation) return std::unexpected(conversation.error());
  Played played{.was_fresh = kept->is_in_first_conversation(), .pace = pace};
  auto done = converse(**conversation, dialogue, played);
  if (done) see_aftermath(kept, **conversation, played, end);
  // All waits ended then, whatever was still to come.
  if (done && settings_.source.clock.now() >= end)
    done = std::unexpected(CellFailure{.kind = CellFailure::Kind::kNotExited});
  if (!done) kept.reset();
  {
    const std::scoped_lock lock(mutex_);
    ++counts_.conversations;
    counts_.remarks += (*conversation)->remarks();
  }
  if (!done) return std::unexpected(done.error());
  return played;
}

// With the kept server, or with a new one where there is none or it takes no connection any more.
std::expected<std::unique_ptr<ServerConversation>, CellFailure> ServerAsker::connect(
    Kept& kept, TimePoint end) {
  if (kept) {
    auto conversation = kept->connect(end);
    if (conversation || !is_about_the_server(conversation.error())) return conversation;
    kept.reset();
  }
  std::expected<std::unique_ptr<ServerConversation>, CellFailure> conversation;
  for (int i = 0; i < kMostStarts; ++i) {
    auto started = supply_.take(end);
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

std::expected<void, CellFailure> ServerAsker::converse(ServerConversation& conversation,
                                                       const Dialogue& dialogue,
                                                       Played& played) const {
  const auto settle_last = [&]() -> std::expected<void, CellFailure> {
    if (played.said.empty()) return {};
    return settle(conversation, played.answers, played.said.back().expected, played.is_expected);
  };
  while (!conversation.is_over()) {
    auto next = dialogue(played.answers);
    if (!next) break;
    if (settings_.interrupt.requested())
      return std::unexpected(CellFailure{.kind = CellFailure::Kind::kInterrupted});
    // Where the connection is to end now, it must be seen that it has not ended before.
    if (ends_connection(next->expected.answer)) {
      if (const auto settled = settle_last(); !settled) return settled;
      if (conversation.is_over()) break;
    }
    // What has gone wrong is asked again with care in any case.
    const Pace pace = played.is_expected ? played.pace : Pace::kCareful;
    auto answer = conversation.say(next->said, next->expected.answer, pace);
    if (!answer) return std::unexpected(answer.error());
    played.is_expected = played.is_expected && next->expected.allows(*answer);
    played.answers.push_back(*std::move(answer));
    played.said.push_back(*std::move(next));
  }
  return settle_last();
}

// A crash shows in the last answer; after a conversation that we broke off, it is END-2's business
// and not what was said last.
void ServerAsker::see_aftermath(Kept& kept, ServerConversation& conversation, Played& played,
                                TimePoint end) {
  const bool is_over = conversation.is_over();
  bool is_hasty = !is_over;
  {
    const std::scoped_lock lock(mutex_);
    is_hasty = is_hasty || is_slow_to_end_;
  }
  const auto after = kept->see_aftermath(conversation, is_hasty);
  if (is_over && after.crash && !played.answers.empty()) {
    std::string& last = played.answers.back();
    last = name_crash(last, *after.crash);
    played.is_expected = played.is_expected && played.said.back().expected.allows(last);
  }
  // Some can be seen through until they have served for the first time.
  const bool is_opaque = !played.was_fresh && conversation.remarks().unproven_silences > 0;
  bool keeps = false;
  {
    const std::scoped_lock lock(mutex_);
    is_slow_to_end_ = is_slow_to_end_ || after.is_slow;
    if (is_opaque) keeps_ = false;
    keeps = keeps_ && after.serves_on && !kept->is_worn_out() && !is_opaque;
  }
  if (keeps) return;
  kept.reset();
  supply_.prepare(end);
}

std::optional<AskingEnd> ServerAsker::find_end() {
  if (auto over = end()) return over;
  if (settings_.interrupt.requested())
    return give_up({.why = AskingEnd::Why::kInterrupted, .message = "it was interrupted"});
  if (settings_.source.clock.now() >= settings_.end)
    return give_up({.why = AskingEnd::Why::kTimeOver, .message = "the time was over"});
  return std::nullopt;
}

// What was not seen until then would perhaps have come.
AskingEnd ServerAsker::end_of(const CellFailure& failure, TimePoint end) const {
  if (failure.kind == CellFailure::Kind::kInterrupted)
    return {.why = AskingEnd::Why::kInterrupted, .message = "it was interrupted"};
  // What could not begin in time is no trouble.
  if (settings_.source.clock.now() >= end) {
    return {.why = AskingEnd::Why::kTimeOver,
            .message = failure.message.empty()
                           ? "the time was over"
                           : fmt::format("the time was over: {}", failure.message)};
  }
  const bool is_ours = failure.kind == CellFailure::Kind::kTrouble;
  return {.why = is_ours ? AskingEnd::Why::kTrouble : AskingEnd::Why::kServer,
          .message = failure.message};
}

Answers ServerAsker::note_answered(Played played) {
  const std::scoped_lock lock(mutex_);
  ++counts_.answered;
  return std::move(played.answers);
}

AskingEnd ServerAsker::give_up(AskingEnd end) {
  const std::scoped_lock lock(mutex_);
  if (!end_) end_ = std::move(end);
  return *end_;
}

std::optional<AskingEnd> ServerAsker::end() const {
  const std::scoped_lock lock(mutex_);
  return end_;
}

AskingCounts ServerAsker::counts() const {
  const std::scoped_lock lock(mutex_);
  AskingCounts counts = counts_;
  counts.servers = supply_.started();
  return counts;
}

}  // namespace chatspec
