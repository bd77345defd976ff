#include "harness/explore/program_teacher.h"

#include <fmt/format.h>

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

learning::Answer ProgramTeacher::answer(std::span<const Symbol> word) {
  return answer_while(one_after_another(word));
}

learning::Answer ProgramTeacher::answer_while(const NextSymbol& next) {
  return answer_of(lesson_.asker.ask(0, make_dialogue(next)));
}

std::vector<learning::Answer> ProgramTeacher::answer_all(std::span<const Word> words) {
  std::vector<learning::Answer> answers(words.size());
  ask_several(lesson_.jobs, words.size(), [&](std::size_t who, std::size_t i) {
    answers[i] = answer_of(lesson_.asker.ask(who, make_dialogue(one_after_another(words[i]))));
  });
  return answers;
}

std::vector<learning::Answer> ProgramTeacher::answer_all_afresh(std::span<const Word> words,
                                                                TimePoint end) {
  std::vector<learning::Answer> answers(words.size());
  ask_several(lesson_.jobs, words.size(), [&](std::size_t who, std::size_t i) {
    answers[i] =
        answer_of(lesson_.asker.ask_afresh(who, make_dialogue(one_after_another(words[i])), end));
  });
  return answers;
}

Dialogue ProgramTeacher::make_dialogue(const NextSymbol& next) {
  return [this, next, state = learning::kInitial](
             std::span<const std::string> answers) mutable -> std::optional<SaidNext> {
    const std::string_view beginning = lesson_.asker.beginning();
    if (!beginning.empty()) {
      if (answers.empty())
        return SaidNext{.said = {}, .expected = {.answer = std::string(beginning)}};
      if (answers.front() != beginning) return std::nullopt;
      answers = answers.subspan(1);
    }
    const auto symbol = next(numbers_of(answers));
    if (!symbol) return std::nullopt;
    const learning::MealyStep expected = lesson_.prior.step(state, *symbol);
    state = expected.next;
    return SaidNext{.said = say_symbol(lesson_.profile, lesson_.alphabet, *symbol, answers.size()),
                    .expected = {.answer = name_of(expected.output)}};
  };
}

learning::Answer ProgramTeacher::answer_of(const Asked& asked) {
  if (!asked)
    return std::unexpected(TeacherFailure{.kind = asked.error().why == AskingEnd::Why::kTimeOver
                                                      ? TeacherFailure::Kind::kBudget
                                                      : TeacherFailure::Kind::kTrouble,
                                          .text = asked.error().message});
  std::span<const std::string> answers(*asked);
  const std::string_view beginning = lesson_.asker.beginning();
  if (beginning.empty() || answers.empty()) return numbers_of(answers);
  if (answers.front() == beginning) return numbers_of(answers.subspan(1));
  const std::string& other = answers.front();
  const std::vector<std::string> only{
      ends_connection(other) ? other : fmt::format("{}, {}", other, kEndedAnswer)};
  return numbers_of(only);
}

std::vector<learning::Output> ProgramTeacher::numbers_of(std::span<const std::string> answers) {
  const std::scoped_lock lock(mutex_);
  std::vector<learning::Output> outputs;
  for (const std::string& answer : answers) outputs.push_back(lesson_.outputs.intern(answer));
  return outputs;
}

std::string ProgramTeacher::name_of(learning::Output output) {
  const std::scoped_lock lock(mutex_);
  return lesson_.outputs.name(output);
}

}  // namespace chatspec
