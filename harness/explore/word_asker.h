// Who is asked words when a machine is learned: a server, or a client with the same messages each
// time.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/explore/asking/client_asker.h"
#include "harness/explore/asking/server_asker.h"

namespace chatspec {

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

}  // namespace chatspec
