#include "harness/explore/server_teacher.h"

namespace chatspec {
namespace {

using learning::NextSymbol;
using learning::Symbol;
using learning::TeacherFailure;
using learning::Word;

NextSymbol one_after_another(std::span<const Symbol> word) {
  return [word](std::span<const learning::Output> outputs) {
    return outputs.size() < word.size() ? std::optional(word[outputs.size()]) : std::nullopt;
  };
}

}  // namespace

learning::Answer ServerTeacher::answer(std::span<const Symbol> word) {
  return answer_while(one_after_another(word));
}

learning::Answer ServerTeacher::answer_while(const NextSymbol& next) {
  return answer_of(asker_.ask(0, make_dialogue(next)));
}

std::vector<learning::Answer> ServerTeacher::answer_all(std::span<const Word> words) {
  std::vector<learning::Answer> answers(words.size());
  asker_.for_each(words.size(), [&](std::size_t who, std::size_t i) {
    answers[i] = answer_of(asker_.ask(who, make_dialogue(one_after_another(words[i]))));
  });
  return answers;
}

std::vector<learning::Answer> ServerTeacher::answer_all_afresh(std::span<const Word> words,
                                                               TimePoint end) {
  std::vector<learning::Answer> answers(words.size());
  asker_.for_each(words.size(), [&](std::size_t who, std::size_t i) {
    answers[i] = answer_of(asker_.ask_afresh(who, make_dialogue(one_after_another(words[i])), end));
  });
  return answers;
}

Dialogue ServerTeacher::make_dialogue(const NextSymbol& next) {
  return [this, next, state = learning::kInitial](
             std::span<const std::string> answers) mutable -> std::optional<SaidNext> {
    const auto symbol = next(numbers_of(answers));
    if (!symbol) return std::nullopt;
    const learning::MealyStep expected = lesson_.prior.step(state, *symbol);
    state = expected.next;
    return SaidNext{.said = say_symbol(lesson_.asking.source.profile, lesson_.alphabet, *symbol,
                                       answers.size()),
                    .expected = {.answer = name_of(expected.output)}};
  };
}

learning::Answer ServerTeacher::answer_of(const ServerAsker::Asked& asked) {
  if (asked) return numbers_of(*asked);
  return std::unexpected(TeacherFailure{.kind = asked.error().why == AskingEnd::Why::kTimeOver
                                                    ? TeacherFailure::Kind::kBudget
                                                    : TeacherFailure::Kind::kTrouble,
                                        .text = asked.error().message});
}

std::vector<learning::Output> ServerTeacher::numbers_of(std::span<const std::string> answers) {
  const std::scoped_lock lock(mutex_);
  std::vector<learning::Output> outputs;
  for (const std::string& answer : answers) outputs.push_back(lesson_.outputs.intern(answer));
  return outputs;
}

std::string ServerTeacher::name_of(learning::Output output) {
  const std::scoped_lock lock(mutex_);
  return lesson_.outputs.name(output);
}

}  // namespace chatspec
