// One conversation with a program in a cell, step by step: what it does in answer to each is waited
// for until nothing more can come, by proof where there is one.

#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "harness/cell/cell.h"
#include "harness/explore/fuzz/said.h"
#include "harness/explore/protocol/answer.h"

namespace chatspec {

// What is worth a remark and makes no answer another.
struct ConversationRemarks {
  std::size_t silences = 0;           // that were seen …
  std::size_t unproven_silences = 0;  // … and rest on a deadline
  std::size_t resets = 0;             // in place of an orderly close (END-3)

  ConversationRemarks& operator+=(const ConversationRemarks& other);
};

// How much is waited for after each answer.
enum class Pace { kQuick, kCareful };

class ProgramConversation {
 public:
  // Borrows the cell. The connection is fresh.
  ProgramConversation(std::unique_ptr<AnswerWatch> watch, Cell& cell,
                      Cell::ConnectionId connection);

  // The answer to what is said next, which may be nothing at all; kEndedAnswer once the
  // conversation is over. Where `expected` is kNothingAnswer, the patience for silence is enough
  // where nothing is proven. The failure is an interrupt or trouble of ours.
  //
  // kQuick does not see to it that no more comes where what is expected has come, or nothing had
  // come when all was read. What comes late is then taken for the answer to a later step, so that
  // quick answers count only where all of them are as expected, and settle() is called at the end.
  std::expected<std::string, CellFailure> say(const Said& said, std::string_view expected,
                                              Pace pace);
  // The last answer with all that has come since; nothing where it was complete.
  std::expected<std::optional<std::string>, CellFailure> settle();

  // Whether nothing more can be said.
  bool is_over() const { return is_over_; }
  // Our side of the connection; more than once does nothing more.
  void close() { cell_.close(connection_); }

  const ConversationRemarks& remarks() const { return remarks_; }
  // All that was sent.
  const std::string& sent() const { return sent_; }

 private:
  std::expected<void, CellFailure> send(const Said& said);
  std::string name(AnswerEnd end) { return watch_->name(received_, end); }
  // Whether `expected` has come; all that comes is kept.
  bool hear_quickly(std::string_view expected);
  std::expected<std::string, CellFailure> hear(bool expects_silence);
  std::expected<AnswerEnd, CellFailure> hear_all(bool expects_silence);

  std::unique_ptr<AnswerWatch> watch_;
  Cell& cell_;
  Cell::ConnectionId connection_;
  std::string received_;  // in answer to the present step
  std::string sent_;
  bool has_ended_ = false;  // we have, as far as we can
  bool is_over_ = false;
  bool is_settled_ = true;
  ConversationRemarks remarks_;
};

}  // namespace chatspec
