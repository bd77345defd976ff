// The learner's teacher: words of an alphabet, said to a program in cells.

#pragma once

#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/explore/asking/client_asker.h"
#include "harness/explore/asking/server_asker.h"
#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/learn/names.h"
#include "harness/explore/learn/teacher.h"
#include "harness/explore/protocol/alphabet.h"

namespace chatspec {

// Who is asked.
class WordAsker {
 public:
  virtual ~WordAsker() = default;

  // As ServerAsker and ClientAsker have it.
  virtual Asked ask(std::size_t who, const Dialogue& dialogue) = 0;
  virtual Asked ask_afresh(std::size_t who, const Dialogue& dialogue, TimePoint end) = 0;
  virtual std::optional<AskingEnd> end() const = 0;
  virtual AskingCounts counts() const = 0;
  // What it does before anything is said, "" for nothing: a client's HELLO.
  virtual std::string_view beginning() const = 0;
};

class ServerWordAsker final : public WordAsker {
 public:
  explicit ServerWordAsker(const ServerAsker::Settings& settings) : asker_(settings) {}

  Asked ask(std::size_t who, const Dialogue& dialogue) override {
    return asker_.ask(who, dialogue);
  }
  Asked ask_afresh(std::size_t who, const Dialogue& dialogue, TimePoint end) override {
    return asker_.ask_afresh(who, dialogue, end);
  }
  std::optional<AskingEnd> end() const override { return asker_.end(); }
  AskingCounts counts() const override { return asker_.counts(); }
  std::string_view beginning() const override { return ""; }

 private:
  ServerAsker asker_;
};

class ClientWordAsker final : public WordAsker {
 public:
  ClientWordAsker(const ClientAsker::Settings& settings, std::vector<std::string> messages)
      : hello_(settings.source.profile.hello), asker_(settings), messages_(std::move(messages)) {}

  Asked ask(std::size_t, const Dialogue& dialogue) override {
    return asker_.ask(messages_, dialogue);
  }
  Asked ask_afresh(std::size_t, const Dialogue& dialogue, TimePoint end) override {
    return asker_.ask_afresh(messages_, dialogue, end);
  }
  std::optional<AskingEnd> end() const override { return asker_.end(); }
  AskingCounts counts() const override { return asker_.counts(); }
  std::string_view beginning() const override { return hello_; }

 private:
  std::string hello_;
  ClientAsker asker_;
  std::vector<std::string> messages_;
};

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
