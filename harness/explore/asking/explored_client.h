// A client that runs in a cell, for one conversation.

#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/explore/asking/program_conversation.h"
#include "harness/explore/asking/program_end.h"
#include "harness/explore/asking/reached_lines.h"
#include "harness/explore/asking/search_start.h"
#include "harness/play/command.h"
#include "reference/profile.h"

namespace chatspec {

// What is needed to start one, all of it borrowed but how.
struct ClientSource {
  CellFactory& cells;
  const Command& command;
  const chat::Profile& profile;
  std::span<const std::string> signatures;  // as many as a file may have
  const Clock& clock;
  SearchStart start{};
};

class ExploredClient {
 public:
  // Started with a file of these messages, at least one. No wait lasts longer than `end`.
  static std::expected<ExploredClient, CellFailure> start(const ClientSource& source,
                                                          std::span<const std::string> messages,
                                                          std::uint64_t seed, TimePoint end);

  // With the connection that it opens. It borrows this client and the messages.
  std::expected<std::unique_ptr<ProgramConversation>, CellFailure> accept();

  // Why it opened none, with what it says of that. Ends it.
  CellFailure with_complaint(CellFailure failure) {
    return chatspec::with_complaint(std::move(failure), *cell_);
  }

  // To be asked when all is over: sees whether and how it ends. `sent`: all that it was sent.
  // `is_hasty`: does not wait long where that cannot be seen.
  struct Aftermath {
    std::optional<std::string> crash{};  // as find_crash() has it
    bool runs_on = false;                // that is seen, and it waits for nothing that could come
    bool is_opaque = false;              // it could not be seen
  };
  Aftermath see_aftermath(std::string_view sent, bool is_hasty);

  // Which lines it has reached, as far as it tells them.
  ReachedLines take_reached();

 private:
  ExploredClient(const ClientSource& source, std::span<const std::string> messages,
                 std::unique_ptr<Cell> cell)
      : source_(&source), messages_(messages), cell_(std::move(cell)) {}

  const ClientSource* source_;
  std::span<const std::string> messages_;
  std::unique_ptr<Cell> cell_;
  ReachedReader reached_;
};

}  // namespace chatspec
