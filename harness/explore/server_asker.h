// Asks a server in cells what it answers.
//
// A server that serves on is kept and asked again, and first each is asked quickly. What is
// remembered between two conversations, and what comes late, must not be taken for what happens in
// one: where a server answers otherwise than is expected, a fresh one is asked with care, and its
// word counts.

#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/cell/interrupt.h"
#include "harness/explore/answer.h"
#include "harness/explore/fuzz/said.h"
#include "harness/explore/server_supply.h"

namespace chatspec {

// Why no more is asked.
struct AskingEnd {
  enum class Why {
    kInterrupted,
    kTimeOver,
    kServer,   // it does not start, does not listen or takes no connection
    kTrouble,  // of ours
  };
  Why why = Why::kTrouble;
  std::string message{};  // for people: what was seen
};

// What was done so far.
struct AskingCounts {
  std::uint64_t conversations = 0;
  std::uint64_t answered = 0;  // questions, each by one conversation or several
  std::uint64_t servers = 0;   // that were started
  std::uint64_t asked_afresh =
      0;  // because a server that was kept answered otherwise than expected …
  std::uint64_t carried_over = 0;  // … which a fresh one did not: it remembers former conversations
  ConversationRemarks remarks{};

  AskingCounts& operator+=(const AskingCounts& other);
};

// One step of a conversation.
struct SaidNext {
  Said said{};
  ExpectedAnswer expected{};
};

// Says what comes next, from all answers so far; nothing where the conversation is to end.
using Dialogue = std::function<std::optional<SaidNext>(std::span<const std::string> answers)>;

class ServerAsker {
 public:
  // All of it borrowed.
  struct Settings {
    ServerSource source;
    const Interrupt& interrupt;
    std::uint64_t seed = 0;
    std::size_t jobs = 1;              // conversations at a time
    TimePoint end = TimePoint::max();  // when no more is asked; what has begun is broken off
  };
  explicit ServerAsker(const Settings& settings);

  using Asked = std::expected<Answers, AskingEnd>;

  // One answer for each step that was said. `who` < jobs: several may ask at a time, each with a
  // number of its own. The dialogue is followed once; what is said again is what it said then.
  Asked ask(std::size_t who, const Dialogue& dialogue);
  // Asks a server that has served nobody yet, with care, and until another time. That the time is
  // over ends nothing else.
  Asked ask_afresh(std::size_t who, const Dialogue& dialogue, TimePoint end);

  // Calls `ask` for 0 to count - 1, several at a time, each with the number of whoever asks.
  void for_each(std::size_t count,
                const std::function<void(std::size_t who, std::size_t index)>& ask) const;

  // Nothing as long as all was answered.
  std::optional<AskingEnd> end() const;
  AskingCounts counts() const;

 private:
  // Of one who asks; several may ask at a time.
  using Kept = std::optional<ExploredServer>;
  struct Played {
    std::vector<SaidNext> said{};
    Answers answers{};
    bool is_expected = true;
    bool was_fresh = true;
    Pace pace = Pace::kCareful;
  };

  std::expected<Played, CellFailure> play(Kept& kept, const Dialogue& dialogue, Pace pace,
                                          TimePoint end);
  std::expected<std::unique_ptr<ServerConversation>, CellFailure> connect(Kept& kept,
                                                                          TimePoint end);
  std::expected<void, CellFailure> converse(ServerConversation& conversation,
                                            const Dialogue& dialogue, Played& played) const;
  void see_aftermath(Kept& kept, ServerConversation& conversation, Played& played, TimePoint end);
  std::expected<Played, CellFailure> play_afresh(Kept& kept, const Played& before);
  std::optional<AskingEnd> find_end();
  AskingEnd give_up(AskingEnd end);
  Answers note_answered(Played played);
  AskingEnd end_of(const CellFailure& failure, TimePoint end) const;

  Settings settings_;
  mutable std::mutex mutex_;  // guards all that follows but `kept_`
  std::optional<AskingEnd> end_;
  AskingCounts counts_;
  bool keeps_ = true;
  bool is_slow_to_end_ = false;
  ServerSupply supply_;
  std::vector<Kept> kept_;  // by who asks; ends before the supply
};

}  // namespace chatspec
