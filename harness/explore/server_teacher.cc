#include "harness/explore/server_teacher.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace chatspec {
namespace {

using learning::NextSymbol;
using learning::Symbol;
using learning::TeacherFailure;
using learning::Word;

// A server that remembers so often is asked in fresh ones only.
constexpr std::uint64_t kMostCarriedOver = 2;
// One that has served before, and does not come up, may have met a port that is still taken.
constexpr int kMostStarts = 3;

NextSymbol one_after_another(std::span<const Symbol> word) {
  return [word](std::span<const learning::Output> outputs) {
    return outputs.size() < word.size() ? std::optional(word[outputs.size()]) : std::nullopt;
  };
}

TeachingEnd end_of(const CellFailure& failure) {
  switch (failure.kind) {
    case CellFailure::Kind::kInterrupted:
      return {.why = TeachingEnd::Why::kInterrupted, .message = "it was interrupted"};
    case CellFailure::Kind::kTrouble:
      return {.why = TeachingEnd::Why::kTrouble, .message = failure.message};
    default:
      return {.why = TeachingEnd::Why::kServer, .message = failure.message};
  }
}

bool is_about_the_server(const CellFailure& failure) {
  return end_of(failure).why == TeachingEnd::Why::kServer;
}

}  // namespace

ServerTeacher::ServerTeacher(const Lesson& lesson)
    : lesson_(lesson),
      supply_(lesson.source, lesson.seed, lesson.jobs),
      kept_(std::max<std::size_t>(1, lesson.jobs)) {}

learning::Answer ServerTeacher::answer(std::span<const Symbol> word) {
  return ask(kept_.front(), one_after_another(word));
}

learning::Answer ServerTeacher::answer_while(const NextSymbol& next) {
  return ask(kept_.front(), next);
}

std::vector<learning::Answer> ServerTeacher::answer_all(std::span<const Word> words) {
  return ask_all(
      words, [this](Kept& kept, const Word& word) { return ask(kept, one_after_another(word)); });
}

std::vector<learning::Answer> ServerTeacher::answer_all_afresh(std::span<const Word> words,
                                                               TimePoint end) {
  return ask_all(words, [this, end](Kept& kept, const Word& word) -> learning::Answer {
    if (lesson_.source.clock.now() >= end)
      return std::unexpected(TeacherFailure{.text = "the time was over"});
    return ask_afresh(kept, word);
  });
}

// Several at a time, each with a kept server of its own.
std::vector<learning::Answer> ServerTeacher::ask_all(std::span<const Word> words, const Ask& ask) {
  std::vector<learning::Answer> answers(words.size());
  std::atomic<std::size_t> next = 0;
  const auto take_all = [&](Kept& kept) {
    for (std::size_t i = next++; i < words.size(); i = next++) answers[i] = ask(kept, words[i]);
  };
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < std::min(kept_.size(), words.size()); ++i)
    others.emplace_back([&take_all, &kept = kept_[i]] { take_all(kept); });
  take_all(kept_.front());
  others.clear();
  return answers;
}

learning::Answer ServerTeacher::ask(Kept& kept, const NextSymbol& next) {
  if (const auto over = find_end()) return std::unexpected(*over);
  auto played = play(kept, next, Pace::kQuick);
  if (played && !played->is_expected) played = play_afresh(kept, *played);
  if (!played) return std::unexpected(give_up(played.error()));
  return std::move(played->outputs);
}

learning::Answer ServerTeacher::ask_afresh(Kept& kept, const Word& word) {
  kept.reset();
  auto played = play(kept, one_after_another(word), Pace::kCareful);
  if (!played) return std::unexpected(give_up(played.error()));
  return std::move(played->outputs);
}

std::expected<ServerTeacher::Played, CellFailure> ServerTeacher::play_afresh(Kept& kept,
                                                                             const Played& before) {
  kept.reset();
  auto played = play(kept, one_after_another(before.word), Pace::kCareful);
  if (before.was_fresh) return played;
  const std::scoped_lock lock(mutex_);
  ++counts_.asked_afresh;
  if (played && played->outputs != before.outputs && ++counts_.carried_over >= kMostCarriedOver)
    keeps_ = false;
  return played;
}

std::expected<ServerTeacher::Played, CellFailure> ServerTeacher::play(Kept& kept,
                                                                      const NextSymbol& next,
                                                                      Pace pace) {
  auto conversation = connect(kept);
  if (!conversation) return std::unexpected(conversation.error());
  Played played{.was_fresh = kept->is_in_first_conversation(), .pace = pace};
  const auto done = converse(**conversation, next, played);
  if (done) see_aftermath(kept, **conversation, played);
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
std::expected<std::unique_ptr<ServerConversation>, CellFailure> ServerTeacher::connect(Kept& kept) {
  if (kept) {
    auto conversation = kept->connect();
    if (conversation || !is_about_the_server(conversation.error())) return conversation;
    kept.reset();
  }
  std::expected<std::unique_ptr<ServerConversation>, CellFailure> conversation;
  for (int i = 0; i < kMostStarts; ++i) {
    auto started = supply_.take();
    if (started) {
      kept = *std::move(started);
      conversation = kept->connect();
    } else {
      conversation = std::unexpected(started.error());
    }
    if (conversation || !is_about_the_server(conversation.error())) break;
    kept.reset();
    if (counts().conversations == 0) break;
  }
  return conversation;
}

std::expected<void, CellFailure> ServerTeacher::converse(ServerConversation& conversation,
                                                         const NextSymbol& next, Played& played) {
  learning::State state = learning::kInitial;
  while (!conversation.is_over()) {
    const auto symbol = next(played.outputs);
    if (!symbol) break;
    if (lesson_.interrupt.requested())
      return std::unexpected(CellFailure{.kind = CellFailure::Kind::kInterrupted});
    const learning::MealyStep expected = lesson_.prior.step(state, *symbol);
    // Where the connection is to end now, it must be seen that it has not ended before.
    if (ends_connection(name_of(expected.output))) {
      if (const auto settled = settle(conversation, played); !settled) return settled;
      if (conversation.is_over()) break;
    }
    // What has gone wrong is asked again with care in any case.
    const Pace pace = played.is_expected ? played.pace : Pace::kCareful;
    const auto answer =
        conversation.say(symbol_of(lesson_.alphabet, *symbol), name_of(expected.output), pace);
    if (!answer) return std::unexpected(answer.error());
    played.word.push_back(*symbol);
    played.outputs.push_back(number_of(*answer));
    played.is_expected = played.is_expected && played.outputs.back() == expected.output;
    state = expected.next;
  }
  return settle(conversation, played);
}

std::expected<void, CellFailure> ServerTeacher::settle(ServerConversation& conversation,
                                                       Played& played) {
  const auto answer = conversation.settle();
  if (!answer) return std::unexpected(answer.error());
  if (!*answer) return {};
  const learning::Output output = number_of(**answer);
  played.is_expected = played.is_expected && output == played.outputs.back();
  played.outputs.back() = output;
  return {};
}

// A crash shows in the last answer; after a conversation that we broke off, it is END-2's business
// and not the word's.
void ServerTeacher::see_aftermath(Kept& kept, ServerConversation& conversation, Played& played) {
  const bool is_over = conversation.is_over();
  bool is_hasty = !is_over;
  {
    const std::scoped_lock lock(mutex_);
    is_hasty = is_hasty || is_slow_to_end_;
  }
  const auto after = kept->see_aftermath(conversation, is_hasty);
  if (is_over && after.crash && !played.outputs.empty()) {
    played.outputs.back() = number_of(name_crash(name_of(played.outputs.back()), *after.crash));
    played.is_expected = false;
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
  supply_.prepare();
}

learning::Output ServerTeacher::number_of(std::string_view answer) {
  const std::scoped_lock lock(mutex_);
  return lesson_.outputs.intern(answer);
}

std::string ServerTeacher::name_of(learning::Output output) {
  const std::scoped_lock lock(mutex_);
  return lesson_.outputs.name(output);
}

std::optional<TeacherFailure> ServerTeacher::find_end() {
  {
    const std::scoped_lock lock(mutex_);
    if (end_) return TeacherFailure{.text = end_->message};
  }
  if (lesson_.interrupt.requested())
    return give_up(CellFailure{.kind = CellFailure::Kind::kInterrupted});
  if (lesson_.source.clock.now() >= lesson_.end)
    return give_up({.why = TeachingEnd::Why::kTimeOver, .message = "the time was over"});
  return std::nullopt;
}

TeacherFailure ServerTeacher::give_up(const CellFailure& failure) {
  return give_up(end_of(failure));
}

TeacherFailure ServerTeacher::give_up(TeachingEnd end) {
  const std::scoped_lock lock(mutex_);
  if (!end_) end_ = std::move(end);
  return {.kind = end_->why == TeachingEnd::Why::kTimeOver ? TeacherFailure::Kind::kBudget
                                                           : TeacherFailure::Kind::kTrouble,
          .text = end_->message};
}

TeachingCounts ServerTeacher::counts() const {
  const std::scoped_lock lock(mutex_);
  TeachingCounts counts = counts_;
  counts.servers = supply_.started();
  return counts;
}

}  // namespace chatspec
