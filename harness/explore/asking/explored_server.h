// A server that runs in a cell, for one conversation or, where it serves on, for several.

#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/explore/asking/program_conversation.h"
#include "harness/explore/asking/reached_lines.h"
#include "harness/explore/asking/search_start.h"
#include "harness/play/command.h"
#include "reference/profile.h"

namespace chatspec {

// What is needed to start one, all of it borrowed but how.
struct ServerSource {
  CellFactory& cells;
  const Command& command;
  const chat::Profile& profile;
  std::span<const std::string> keys;
  const Clock& clock;
  SearchStart start{};
};

class ExploredServer {
 public:
  // Until it is seen listening, and no longer than `end`. The failure is the cell's.
  static std::expected<ExploredServer, CellFailure> start(const ServerSource& source,
                                                          std::uint64_t seed, TimePoint end);

  // With a connection of its own. At most one at a time; it borrows this server. Nothing is waited
  // for longer than `end`: what is seen then is no evidence.
  std::expected<std::unique_ptr<ProgramConversation>, CellFailure> connect(TimePoint end);

  // To be asked when a conversation is over, however that came about: closes our side and sees what
  // becomes of the server.
  struct Aftermath {
    std::optional<std::string> crash{};  // as find_crash() has it
    bool serves_on = false;              // it waits for its next client
    bool is_slow = false;                // it could be seen neither to end nor to wait
    bool is_proven = false;              // which of these it is; nothing in it goes on meanwhile
  };
  // `is_hasty`: does not wait long for one that can be seen neither to end nor to serve on.
  Aftermath see_aftermath(ProgramConversation& conversation, bool is_hasty);

  // Which lines it has reached since it was asked last, as far as it tells them.
  ReachedLines take_reached();

  // What it holds now; nothing where that cannot be seen.
  std::optional<Holdings> holdings() { return cell_->holdings(); }

  // Whether nobody has spoken to it before the present conversation, or the last one.
  bool is_in_first_conversation() const { return conversations_ <= 1; }
  // Whether it has lived long enough: what it has written and was sent is kept until its end.
  bool is_worn_out() const;

 private:
  ExploredServer(const ServerSource& source, std::unique_ptr<Cell> cell);

  const ServerSource* source_;
  std::unique_ptr<Cell> cell_;
  TimePoint begin_;
  std::size_t conversations_ = 0;
  std::size_t errors_before_ = 0;  // bytes on standard error when the conversation began
  std::size_t deaths_before_ = 0;
  ReachedReader reached_;
};

}  // namespace chatspec
