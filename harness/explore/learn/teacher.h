// Who is asked by a learner: a system that starts anew for each word, is sent its symbols one after
// another and answers each with one output. A real one costs milliseconds to seconds for each word.

#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/explore/learn/mealy_machine.h"

namespace chatspec::learning {

// Why a word was not answered.
struct TeacherFailure {
  enum class Kind {
    kTrouble,  // of the teacher: it could not be started, say
    kBudget,   // as many words were asked as may be
  };
  Kind kind = Kind::kTrouble;
  std::string text{};  // for people
};

using Answer = std::expected<std::vector<Output>, TeacherFailure>;

// Says which symbol to send next, from all outputs so far; nothing where the word is to end.
using NextSymbol = std::function<std::optional<Symbol>(std::span<const Output>)>;

class Teacher {
 public:
  virtual ~Teacher() = default;

  // One output for each symbol. Fewer only where the last one ends the session (AskSettings::ends).
  virtual Answer answer(std::span<const Symbol> word) = 0;

  // The same for a word whose symbols are chosen while it is played. Whoever can play a word symbol
  // by symbol overrides this: as it stands here, each symbol costs a word.
  virtual Answer answer_while(const NextSymbol& next);

  // Answers in the order of the words. Whoever can play several at once overrides this.
  virtual std::vector<Answer> answer_all(std::span<const Word> words);
};

// Answers as a machine does.
class MachineTeacher : public Teacher {
 public:
  // Borrows it.
  explicit MachineTeacher(const MealyMachine& machine) : machine_(machine) {}

  Answer answer(std::span<const Symbol> word) override { return outputs_of(machine_, word); }
  Answer answer_while(const NextSymbol& next) override;

 private:
  const MealyMachine& machine_;
};

}  // namespace chatspec::learning
