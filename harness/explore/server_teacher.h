// Asks a server in cells: the learner's teacher.
//
// A server that serves on is kept and asked again, and first each is asked quickly. What is
// remembered between two conversations, and what comes late, must not be taken for what happens in
// one: where a server answers otherwise than is expected, a fresh one is asked with care, and its
// word counts.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/cell/interrupt.h"
#include "harness/explore/alphabet.h"
#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/learn/names.h"
#include "harness/explore/learn/teacher.h"
#include "harness/explore/server_supply.h"

namespace chatspec {

// Why no more is asked.
struct TeachingEnd {
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
struct TeachingCounts {
  std::uint64_t conversations = 0;
  std::uint64_t servers = 0;  // that were started
  std::uint64_t asked_afresh =
      0;  // because a server that was kept answered otherwise than expected …
  std::uint64_t carried_over = 0;  // … which a fresh one did not: it remembers former conversations
  ConversationRemarks remarks{};
};

class ServerTeacher final : public learning::Teacher {
 public:
  // All of it borrowed.
  struct Lesson {
    ServerSource source;
    const ClientAlphabet& alphabet;
    learning::Names& outputs;             // what the numbers in `prior` and in answers mean
    const learning::MealyMachine& prior;  // what is expected
    const Interrupt& interrupt;
    std::uint64_t seed = 0;
    std::size_t jobs = 1;              // conversations at a time
    TimePoint end = TimePoint::max();  // when no more is asked
  };
  explicit ServerTeacher(const Lesson& lesson);

  learning::Answer answer(std::span<const learning::Symbol> word) override;
  learning::Answer answer_while(const learning::NextSymbol& next) override;
  std::vector<learning::Answer> answer_all(std::span<const learning::Word> words) override;

  // Each by a server that has served nobody yet, with care, and until another time.
  std::vector<learning::Answer> answer_all_afresh(std::span<const learning::Word> words,
                                                  TimePoint end);

  // Nothing as long as all was answered.
  const std::optional<TeachingEnd>& end() const { return end_; }
  TeachingCounts counts() const;

 private:
  using Outputs = std::vector<learning::Output>;
  // Of one who asks; several may ask at a time.
  using Kept = std::optional<ExploredServer>;
  struct Played {
    learning::Word word{};
    Outputs outputs{};
    bool is_expected = true;  // all was as `prior` says
    bool was_fresh = true;
    Pace pace = Pace::kCareful;
  };

  using Ask = std::function<learning::Answer(Kept& kept, const learning::Word& word)>;

  std::vector<learning::Answer> ask_all(std::span<const learning::Word> words, const Ask& ask);
  learning::Answer ask(Kept& kept, const learning::NextSymbol& next);
  learning::Answer ask_afresh(Kept& kept, const learning::Word& word);
  std::expected<Played, CellFailure> play(Kept& kept, const learning::NextSymbol& next, Pace pace);
  std::expected<std::unique_ptr<ServerConversation>, CellFailure> connect(Kept& kept);
  std::expected<void, CellFailure> converse(ServerConversation& conversation,
                                            const learning::NextSymbol& next, Played& played);
  std::expected<void, CellFailure> settle(ServerConversation& conversation, Played& played);
  void see_aftermath(Kept& kept, ServerConversation& conversation, Played& played);
  std::expected<Played, CellFailure> play_afresh(Kept& kept, const Played& before);
  learning::Output number_of(std::string_view answer);
  std::string name_of(learning::Output output);
  std::optional<learning::TeacherFailure> find_end();
  learning::TeacherFailure give_up(TeachingEnd end);
  learning::TeacherFailure give_up(const CellFailure& failure);

  Lesson lesson_;
  mutable std::mutex mutex_;  // guards all that follows but `kept_`, and the names
  std::optional<TeachingEnd> end_;
  TeachingCounts counts_;
  bool keeps_ = true;
  bool is_slow_to_end_ = false;
  ServerSupply supply_;
  std::vector<Kept> kept_;  // by who asks; ends before the supply
};

}  // namespace chatspec
