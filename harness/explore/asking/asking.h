// What asking servers and asking clients have in common: what is said next, why no more is asked,
// and what was done so far.

#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/explore/asking/program_conversation.h"
#include "harness/explore/asking/reached_lines.h"
#include "harness/explore/protocol/answer.h"
#include "harness/explore/protocol/dialogue.h"

namespace chatspec {

// Why no more is asked.
struct AskingEnd {
  enum class Why {
    kInterrupted,
    kTimeOver,
    kProgram,  // a server does not start, does not listen or takes no connection; a client never
               // connects
    kTrouble,  // of ours
  };
  Why why = Why::kTrouble;
  std::string message{};  // for people: what was seen
};

// What was done so far.
struct AskingCounts {
  std::uint64_t conversations = 0;
  std::uint64_t answered = 0;  // questions, each by one conversation or several
  std::uint64_t programs = 0;  // that were started
  bool could_fork = false;     // they are servers, and were not made to fork for each client
  // Because a server that was kept answered otherwise than expected …
  std::uint64_t asked_afresh = 0;
  std::uint64_t carried_over = 0;  // … which a fresh one did not: it remembers former conversations
  ConversationRemarks remarks{};

  AskingCounts& operator+=(const AskingCounts& other);
};

// One answer for each step that was said.
using Asked = std::expected<Answers, AskingEnd>;

// Says all of it once more, whatever is answered. Borrows it.
Dialogue say_again(std::span<const SaidNext> said);

// What came of following a dialogue.
struct PlayedDialogue {
  std::vector<SaidNext> said{};
  Answers answers{};
  bool is_expected = true;  // every answer is
  Pace pace = Pace::kCareful;
  ReachedLines reached{};  // as far as the program tells them
};

// The answers of what was played, if it was.
template <typename Played>
std::expected<Answers, CellFailure> answers_of(std::expected<Played, CellFailure> played) {
  if (!played) return std::unexpected(std::move(played.error()));
  return std::move(played->answers);
}

// Follows it until it or the conversation is over, at the pace that `played` has, but with care as
// soon as something has gone wrong.
std::expected<void, CellFailure> converse(ProgramConversation& conversation,
                                          const Dialogue& dialogue, const Interrupt& interrupt,
                                          PlayedDialogue& played);

// The program crashed over the last step that was said; `how` is for name_crash().
void note_crash(PlayedDialogue& played, std::string_view how);

// Calls `ask` for 0 to count - 1, so many at a time, each with the number of whoever asks.
void ask_several(std::size_t at_a_time, std::size_t count,
                 const std::function<void(std::size_t who, std::size_t index)>& ask);

// Whether asking goes on, and what was counted. Thread-safe.
class AskingState {
 public:
  // Borrows both. `end`: when no more is asked.
  AskingState(const Interrupt& interrupt, const Clock& clock, TimePoint end)
      : interrupt_(interrupt), clock_(clock), end_time_(end) {}

  // Nothing as long as more may be asked.
  std::optional<AskingEnd> find_end();
  // Nothing as long as all was answered.
  std::optional<AskingEnd> end() const;
  // What came of a question that could be answered until the end: else no more is asked.
  Asked conclude(std::expected<Answers, CellFailure> answers);
  // The same of one that could be answered until another time, which ends nothing but this
  // question.
  Asked conclude(std::expected<Answers, CellFailure> answers, TimePoint end);

  AskingCounts counts() const;
  // Calls `add` with the counts, while nobody else does.
  template <typename Add>
  void count(const Add& add) {
    const std::scoped_lock lock(mutex_);
    add(counts_);
  }

 private:
  AskingEnd give_up(AskingEnd end);
  AskingEnd end_of(const CellFailure& failure, TimePoint end) const;

  const Interrupt& interrupt_;
  const Clock& clock_;
  TimePoint end_time_;
  mutable std::mutex mutex_;  // guards what follows
  std::optional<AskingEnd> end_;
  AskingCounts counts_;
};

}  // namespace chatspec
