#include "harness/explore/learn/teacher.h"

namespace chatspec::learning {

Answer Teacher::answer_while(const NextSymbol& next) {
  Word word;
  std::vector<Output> outputs;
  while (const auto symbol = next(outputs)) {
    word.push_back(*symbol);
    auto answered = answer(word);
    if (!answered) return answered;
    outputs = std::move(*answered);
    if (outputs.size() < word.size()) break;
  }
  return outputs;
}

std::vector<Answer> Teacher::answer_all(std::span<const Word> words) {
  std::vector<Answer> answers;
  answers.reserve(words.size());
  for (const Word& word : words) answers.push_back(answer(word));
  return answers;
}

Answer MachineTeacher::answer_while(const NextSymbol& next) {
  std::vector<Output> outputs;
  State state = kInitial;
  while (const auto symbol = next(outputs)) {
    const MealyStep step = machine_.step(state, *symbol);
    outputs.push_back(step.output);
    state = step.next;
  }
  return outputs;
}

}  // namespace chatspec::learning
