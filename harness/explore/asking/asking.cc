#include "harness/explore/asking/asking.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace chatspec {
namespace {

// The last answer with all that has come since.
std::expected<void, CellFailure> settle(ProgramConversation& conversation, PlayedDialogue& played) {
  if (played.said.empty()) return {};
  auto answer = conversation.settle();
  if (!answer) return std::unexpected(answer.error());
  if (!*answer) return {};
  played.is_expected = played.is_expected && played.said.back().expected.allows(**answer);
  played.answers.back() = **std::move(answer);
  return {};
}

}  // namespace

AskingCounts& AskingCounts::operator+=(const AskingCounts& other) {
  conversations += other.conversations;
  answered += other.answered;
  programs += other.programs;
  could_fork = could_fork || other.could_fork;
  asked_afresh += other.asked_afresh;
  carried_over += other.carried_over;
  remarks += other.remarks;
  return *this;
}

Dialogue say_again(std::span<const SaidNext> said) {
  return [said](std::span<const std::string> answers) {
    return answers.size() < said.size() ? std::optional(said[answers.size()]) : std::nullopt;
  };
}

std::expected<void, CellFailure> converse(ProgramConversation& conversation,
                                          const Dialogue& dialogue, const Interrupt& interrupt,
                                          PlayedDialogue& played) {
  while (!conversation.is_over()) {
    auto next = dialogue(played.answers);
    if (!next) break;
    if (interrupt.requested())
      return std::unexpected(CellFailure{.kind = CellFailure::Kind::kInterrupted});
    // Where the connection is to end now, it must be seen that it has not ended before.
    if (ends_connection(next->expected.answer)) {
      if (const auto settled = settle(conversation, played); !settled) return settled;
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
  return settle(conversation, played);
}

void note_crash(PlayedDialogue& played, std::string_view how) {
  if (played.answers.empty()) return;
  std::string& last = played.answers.back();
  last = name_crash(last, how);
  played.is_expected = played.is_expected && played.said.back().expected.allows(last);
}

void ask_several(std::size_t at_a_time, std::size_t count,
                 const std::function<void(std::size_t, std::size_t)>& ask) {
  std::atomic<std::size_t> next = 0;
  const auto take_all = [&](std::size_t who) {
    for (std::size_t i = next++; i < count; i = next++) ask(who, i);
  };
  std::vector<std::jthread> others;
  for (std::size_t who = 1; who < std::min(at_a_time, count); ++who)
    others.emplace_back([&take_all, who] { take_all(who); });
  take_all(0);
}

std::optional<AskingEnd> AskingState::find_end() {
  if (auto over = end()) return over;
  if (interrupt_.requested())
    return give_up({.why = AskingEnd::Why::kInterrupted, .message = "it was interrupted"});
  if (clock_.now() >= end_time_)
    return give_up({.why = AskingEnd::Why::kTimeOver, .message = "the time was over"});
  return std::nullopt;
}

Asked AskingState::conclude(std::expected<Answers, CellFailure> answers) {
  if (!answers) return std::unexpected(give_up(end_of(answers.error(), end_time_)));
  count([](AskingCounts& counts) { ++counts.answered; });
  return *std::move(answers);
}

Asked AskingState::conclude(std::expected<Answers, CellFailure> answers, TimePoint end) {
  if (answers) return conclude(std::move(answers));
  AskingEnd over = end_of(answers.error(), end);
  if (over.why == AskingEnd::Why::kTimeOver) return std::unexpected(std::move(over));
  return std::unexpected(give_up(std::move(over)));
}

// What was not seen until then would perhaps have come.
AskingEnd AskingState::end_of(const CellFailure& failure, TimePoint end) const {
  if (failure.kind == CellFailure::Kind::kInterrupted)
    return {.why = AskingEnd::Why::kInterrupted, .message = "it was interrupted"};
  // What could not begin in time is no trouble.
  if (clock_.now() >= end) {
    return {.why = AskingEnd::Why::kTimeOver,
            .message = failure.message.empty()
                           ? "the time was over"
                           : fmt::format("the time was over: {}", failure.message)};
  }
  const bool is_ours = failure.kind == CellFailure::Kind::kTrouble;
  return {.why = is_ours ? AskingEnd::Why::kTrouble : AskingEnd::Why::kProgram,
          .message = failure.message};
}

// The first end counts.
AskingEnd AskingState::give_up(AskingEnd end) {
  const std::scoped_lock lock(mutex_);
  if (!end_) end_ = std::move(end);
  return *end_;
}

std::optional<AskingEnd> AskingState::end() const {
  const std::scoped_lock lock(mutex_);
  return end_;
}

AskingCounts AskingState::counts() const {
  const std::scoped_lock lock(mutex_);
  return counts_;
}

}  // namespace chatspec
