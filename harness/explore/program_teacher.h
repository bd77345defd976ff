// The learner's teacher: words of an alphabet, said to a program in cells.

#pragma once

#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/learn/names.h"
#include "harness/explore/learn/teacher.h"
#include "harness/explore/protocol/alphabet.h"
#include "harness/explore/word_asker.h"

namespace chatspec {

class ProgramTeacher final : public learning::Teacher {
 public:
  // All of it borrowed.
  struct Lesson {
    WordAsker& asker;
    std::size_t jobs = 1;
    const chat::Profile& profile;
    const SaidAlphabet& alphabet;
    learning::Names& outputs;             // what the numbers in `prior` and in answers mean
    const learning::MealyMachine& prior;  // what is expected
  };
  explicit ProgramTeacher(const Lesson& lesson) : lesson_(lesson) {}

  learning::Answer answer(std::span<const learning::Symbol> word) override;
  learning::Answer answer_while(const learning::NextSymbol& next) override;
  std::vector<learning::Answer> answer_all(std::span<const learning::Word> words) override;

  // Each by a program that has served nobody yet, with care, and until another time.
  std::vector<learning::Answer> answer_all_afresh(std::span<const learning::Word> words,
                                                  TimePoint end);

 private:
  Dialogue make_dialogue(const learning::NextSymbol& next);
  // Without what it did by itself, unless that was something else, with which all is over.
  learning::Answer answer_of(const Asked& asked);
  std::vector<learning::Output> numbers_of(std::span<const std::string> answers);
  std::string name_of(learning::Output output);

  Lesson lesson_;
  std::mutex mutex_;  // guards the names
};

}  // namespace chatspec
