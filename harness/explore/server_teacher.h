// The learner's teacher: words of an alphabet, said to a server in cells.

#pragma once

#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/explore/alphabet.h"
#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/learn/names.h"
#include "harness/explore/learn/teacher.h"
#include "harness/explore/server_asker.h"

namespace chatspec {

class ServerTeacher final : public learning::Teacher {
 public:
  // All of it borrowed.
  struct Lesson {
    ServerAsker::Settings asking;
    const ClientAlphabet& alphabet;
    learning::Names& outputs;             // what the numbers in `prior` and in answers mean
    const learning::MealyMachine& prior;  // what is expected
  };
  explicit ServerTeacher(const Lesson& lesson) : lesson_(lesson), asker_(lesson.asking) {}

  learning::Answer answer(std::span<const learning::Symbol> word) override;
  learning::Answer answer_while(const learning::NextSymbol& next) override;
  std::vector<learning::Answer> answer_all(std::span<const learning::Word> words) override;

  // Each by a server that has served nobody yet, with care, and until another time.
  std::vector<learning::Answer> answer_all_afresh(std::span<const learning::Word> words,
                                                  TimePoint end);

  std::optional<AskingEnd> end() const { return asker_.end(); }
  AskingCounts counts() const { return asker_.counts(); }

 private:
  Dialogue make_dialogue(const learning::NextSymbol& next);
  learning::Answer answer_of(const ServerAsker::Asked& asked);
  std::vector<learning::Output> numbers_of(std::span<const std::string> answers);
  std::string name_of(learning::Output output);

  Lesson lesson_;
  std::mutex mutex_;  // guards the names
  ServerAsker asker_;
};

}  // namespace chatspec
